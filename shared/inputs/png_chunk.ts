import type { Bytes } from "../bytes.ts";
import { crc32 } from "./crc32.ts";

/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;

/** A chunk of a PNG. */
export function pngChunk(name: string, content: Bytes = new Uint8Array()): Bytes {
  const bytes = new Uint8Array(content.length + FRAME_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set([...name].map((character) => character.charCodeAt(0)), 4);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}
