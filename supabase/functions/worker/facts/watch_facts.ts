import type { AssetFacts } from "../../../../shared/contract/asset_facts.ts";
import type { MediaType } from "../../../../shared/storage/media_type.ts";
import { DrawingFacts } from "./drawing_facts.ts";
import type { FactsReader, KindFacts } from "./facts_reader.ts";
import { ModelFacts } from "./model_facts.ts";
import { PictureFacts } from "./picture_facts.ts";

export interface WatchedFile {
  /** The same bytes. */
  readonly body: ReadableStream<Uint8Array>;
  /** What they have told, once they all went by. Never rejects. */
  facts(): Promise<AssetFacts>;
}

const readers: Readonly<Record<string, () => FactsReader>> = {
  png: () => new PictureFacts(),
  jpg: () => new PictureFacts(),
  webp: () => new PictureFacts(),
  svg: () => new DrawingFacts(),
  glb: () => new ModelFacts(),
};

/** Reads the facts of a file on its way to Storage. What cannot be read is left out, and holds up nothing. */
export function watchFacts(
  body: ReadableStream<Uint8Array>,
  { mediaType, extension }: MediaType,
): WatchedFile {
  let bytes = 0;
  let reader = readers[extension]?.();
  const tap = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, controller): void {
      bytes += part.length;
      try {
        reader?.add(part);
      } catch {
        reader = undefined;
      }
      controller.enqueue(part);
    },
  });
  return {
    body: body.pipeThrough(tap),
    facts: async () => ({ media_type: mediaType, bytes, ...await read(reader) }),
  };
}

async function read(reader: FactsReader | undefined): Promise<KindFacts> {
  try {
    return await reader?.end() ?? {};
  } catch {
    return {};
  }
}
