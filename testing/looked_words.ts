import assert from "node:assert/strict";
import type { Bytes } from "../shared/bytes.ts";
import type { ByteSource } from "../shared/inputs/byte_source.ts";
import { look } from "../shared/inputs/look.ts";

/** A file that counts how often it is read. */
export function counted(bytes: Bytes): ByteSource & { reads: number; read: ByteSource["read"] } {
  return {
    size: bytes.length,
    reads: 0,
    read(start, end) {
      this.reads++;
      assert.ok(start < end && end <= bytes.length, `${start} to ${end} of ${bytes.length}`);
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}

/** What a look says in words: a size, how it is turned, or what it is. Fails if that takes many reads. */
export async function wordsOf(bytes: Bytes): Promise<string> {
  const file = counted(bytes);
  const found = await look(file);
  assert.ok(file.reads <= 8, `${file.reads} reads`);
  if (found.found === "unusable") return found.kind;
  if (found.found === "model") return "model";
  const { mediaType, width, height, orientation, hasAlpha, isAnimated } = found;
  const notes = [...(hasAlpha ? ["alpha"] : []), ...(isAnimated ? ["animated"] : [])];
  return [mediaType, `${width}x${height}`, orientation, ...notes].join(" ");
}
