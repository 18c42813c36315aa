import type { Bytes } from "../bytes.ts";
import type { AssetKind } from "../contract/operations.ts";
import { EndedEarly, type FileStream } from "../inputs/cut/file_stream.ts";
import { withoutMetadata } from "../inputs/cut/without_metadata.ts";
import { knownKindOf, SIGNATURE_BYTES } from "../inputs/signatures.ts";
import type { Asset } from "../providers/adapter.ts";
import { inputTypes } from "./media_type.ts";

/** More came of a file than may be read. */
export class TooLong extends Error {}

/** What comes of a file, up to a length; a TooLong breaks it off behind that. */
export class CountedBody implements AsyncIterable<Bytes> {
  bytes = 0;

  constructor(
    private readonly body: ReadableStream<Bytes> | null,
    private readonly maxBytes: number,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Bytes> {
    for await (const piece of this.body ?? []) {
      this.bytes += piece.length;
      if (this.bytes > this.maxBytes) throw new TooLong();
      yield piece;
    }
  }
}

/**
 * What is to be sent of a file; undefined if it is none of the kind, or not whole. All of it is read in
 * any case, so that its length is known.
 */
export async function takeInput(file: FileStream, kind: AssetKind): Promise<Asset | undefined> {
  const known = knownKindOf(await file.peek(SIGNATURE_BYTES));
  const type = known && inputTypes[kind][known];
  try {
    return type && { content: await withoutMetadata(file, known), ...type };
  } catch (error) {
    if (error instanceof EndedEarly) return undefined;
    throw error;
  } finally {
    await file.skipRest();
  }
}
