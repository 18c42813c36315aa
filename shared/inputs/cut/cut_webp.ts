import type { Bytes } from "../../bytes.ts";
import { latin1, uint32Reversed } from "../binary.ts";
import { type Orientation, orientationIn } from "../orientation.ts";
import { webpFlags as flags } from "../webp_flags.ts";
import { EndedEarly, type FileStream } from "./file_stream.ts";
import { orientationOnly } from "./orientation_only.ts";

/** RIFF, its length, WEBP. */
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const MAX_EXIF_BYTES = 64 * 1024;

/** The picture, its colours, and marks of its origin. */
const KEPT = ["VP8X", "VP8 ", "VP8L", "ALPH", "ICCP", "C2PA"];

/**
 * A WebP without metadata but how it is turned, and without anything behind its end. Its first piece
 * says how long it is, and is written anew at the end: until then no other may be made of it.
 */
export async function* cutWebp(file: FileStream): AsyncGenerator<Bytes> {
  const header = (await file.peek(HEADER_BYTES + CHUNK_HEADER_BYTES + 1)).slice();
  await file.skip(header.length);
  yield header;
  const end = 8 + uint32Reversed(header, 4);
  const isExtended = latin1(header, HEADER_BYTES, HEADER_BYTES + 4) === "VP8X";
  let place = HEADER_BYTES;
  let sent = header.length;
  let orientation: Orientation = 1;
  while (place + CHUNK_HEADER_BYTES <= end) {
    const isFirst = place === HEADER_BYTES;
    const head = isFirst ? header.subarray(place) : await file.peek(CHUNK_HEADER_BYTES);
    if (head.length < CHUNK_HEADER_BYTES) {
      throw new EndedEarly("The file ends before its last chunk");
    }
    const [name, content] = [latin1(head, 0, 4), uint32Reversed(head, 4)];
    // Chunks begin at even places.
    const length = Math.min(CHUNK_HEADER_BYTES + content + (content % 2), end - place);
    const left = isFirst ? length - CHUNK_HEADER_BYTES - 1 : length;
    if (KEPT.includes(name)) {
      yield* file.take(left);
      sent += left;
    } else {
      if (name === "EXIF") {
        const exif = await file.peek(Math.min(left, MAX_EXIF_BYTES));
        orientation = orientationIn(exif.subarray(CHUNK_HEADER_BYTES));
      }
      await file.skip(left);
    }
    place += length;
  }
  const isTurned = isExtended && orientation !== 1;
  if (isTurned) {
    const chunk = exifChunk(orientation);
    yield chunk;
    sent += chunk.length;
  }
  if (isExtended) {
    const flagged = (header[HEADER_BYTES + CHUNK_HEADER_BYTES] ?? 0) & ~(flags.EXIF | flags.XMP);
    header[HEADER_BYTES + CHUNK_HEADER_BYTES] = isTurned ? flagged | flags.EXIF : flagged;
  }
  new DataView(header.buffer).setUint32(4, sent - 8, true);
}

function exifChunk(orientation: Orientation): Bytes {
  const exif = orientationOnly(orientation);
  const chunk = new Uint8Array(CHUNK_HEADER_BYTES + exif.length);
  chunk.set([..."EXIF"].map((character) => character.charCodeAt(0)));
  new DataView(chunk.buffer).setUint32(4, exif.length, true);
  chunk.set(exif, CHUNK_HEADER_BYTES);
  return chunk;
}
