import type { AssetKind } from "../../../../shared/contract/operations.ts";
import type { Content } from "../../../../shared/providers/adapter.ts";
import {
  detectResultType,
  HEAD_BYTES,
  type MediaType,
} from "../../../../shared/storage/media_type.ts";

/** The provider answered something that is no result. */
export class InvalidResult extends Error {
  override readonly name = "InvalidResult";
}

/** Larger than any result that a provider promises; that of models is the bucket's limit, too. */
export const MAX_RESULT_BYTES = { image: 50 * 1024 * 1024, model: 256 * 1024 * 1024 } as const;

/** Magic word, version and total length (glTF 2.0, 4.4.2). */
const GLB_HEADER_BYTES = 12;
const GLB_LENGTH_OFFSET = 8;

export interface InspectedResult {
  readonly type: MediaType;
  /** The same bytes; breaks off where they prove to be no result. */
  readonly body: ReadableStream<Uint8Array>;
  /** Why the body broke off, for whoever reads it learns only that it did. */
  failure(): unknown;
}

/**
 * Looks at a result on its way, without holding it: its kind by its first bytes, then its length.
 * Throws an InvalidResult if it is none from the start.
 */
export async function inspectResult(
  { body, size }: Content,
  kind: AssetKind,
  maxBytes: number = MAX_RESULT_BYTES[kind],
): Promise<InspectedResult> {
  const reader = body.getReader();
  const { head, ended } = await readHead(reader);
  const type = await detectResultType(head, kind);
  if (!type || (kind === "model" && head.length < GLB_HEADER_BYTES)) {
    await reader.cancel();
    throw new InvalidResult(`Result that begins with ${head.length} bytes is no ${kind}`);
  }
  const expected = kind === "model"
    ? new DataView(head.buffer, head.byteOffset).getUint32(GLB_LENGTH_OFFSET, true)
    : size;
  if (Math.max(expected ?? 0, size ?? 0) > maxBytes) {
    await reader.cancel();
    throw new InvalidResult(`Result has more than ${maxBytes} bytes`);
  }
  let failure: unknown;
  const lengths = { expected, maxBytes };
  const checked = checkLength(reader, head, ended, lengths, (reason) => failure = reason);
  return { type, body: checked, failure: () => failure };
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function readHead(
  reader: Reader,
): Promise<{ readonly head: Uint8Array; readonly ended: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { value, done } = await reader.read();
    if (done) return { head: join(chunks, length), ended: true };
    chunks.push(value);
    length += value.length;
  }
  return { head: join(chunks, length), ended: false };
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only) return only;
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

function checkLength(
  reader: Reader,
  head: Uint8Array,
  endedWithHead: boolean,
  { expected, maxBytes }: { readonly expected: number | undefined; readonly maxBytes: number },
  onFailure: (reason: unknown) => void,
): ReadableStream<Uint8Array> {
  let length = 0;
  const check = (ended: boolean): void => {
    if (length > maxBytes) throw new InvalidResult(`Result has more than ${maxBytes} bytes`);
    if (ended && expected !== undefined && length !== expected) {
      throw new InvalidResult(`Result has ${length} bytes instead of ${expected}`);
    }
  };
  /** The next part; undefined at the end. */
  async function next(): Promise<Uint8Array | undefined> {
    if (length === 0) return head;
    return endedWithHead ? undefined : (await reader.read()).value;
  }
  return new ReadableStream({
    async pull(controller): Promise<void> {
      try {
        const part = await next();
        length += part?.length ?? 0;
        check(part === undefined);
        if (part) controller.enqueue(part);
        else controller.close();
      } catch (reason) {
        onFailure(reason);
        controller.error(reason);
        await reader.cancel().catch(() => {});
      }
    },
    // Whoever reads this has given up.
    cancel: (reason) => reader.cancel(reason),
  });
}
