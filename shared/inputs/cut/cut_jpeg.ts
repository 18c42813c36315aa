import type { Bytes } from "../../bytes.ts";
import { hasText, uint16 } from "../binary.ts";
import { marker as markers } from "../jpeg_markers.ts";
import { orientationIn } from "../orientation.ts";
import { EndedEarly, type FileStream } from "./file_stream.ts";
import { orientationOnly } from "./orientation_only.ts";

/** What a segment must be seen of to know what it is. */
const SEGMENT_HEAD_BYTES = 4 + 12;
/** An APP0 of JFIF without a small picture of its own. */
const PLAIN_JFIF_BYTES = 18;
const EXIF = "Exif\0\0";

/**
 * A JPEG without what its camera and its programs wrote into it, and without anything behind its first
 * picture: further pictures, a video. How it is turned, its colours and marks of its origin stay.
 */
export async function* cutJpeg(file: FileStream): AsyncGenerator<Bytes> {
  yield* file.take(2);
  for (;;) {
    const head = await nextSegment(file);
    const [, code = 0] = head;
    if (code === markers.END) return yield* file.take(2);
    if (markers.isAlone(code)) {
      yield* file.take(2);
      continue;
    }
    const length = 2 + uint16(head, 2);
    if (code === markers.APP1 && hasText(head, EXIF, 4)) {
      const orientation = orientationIn((await file.peek(length)).subarray(4));
      await file.skip(length);
      if (orientation !== 1) yield exifSegment(orientationOnly(orientation));
    } else if (isKept(code, head, length)) {
      yield* file.take(length);
    } else {
      await file.skip(length);
    }
    if (code === markers.SCAN) yield* takeScan(file);
  }
}

/** The beginning of the next segment, behind fill bytes. */
async function nextSegment(file: FileStream): Promise<Bytes> {
  let head = await file.peek(SEGMENT_HEAD_BYTES);
  while (head[0] === 0xff && head[1] === 0xff) {
    await file.skip(1);
    head = await file.peek(SEGMENT_HEAD_BYTES);
  }
  if (head[0] !== 0xff || head.length < 2) throw new EndedEarly("No segment where one must be");
  return head;
}

/** Colour profiles, marks of origin (C2PA in APP11), and what decoders need. */
function isKept(code: number, head: Bytes, length: number): boolean {
  switch (code) {
    case markers.APP0:
      return hasText(head, "JFIF\0", 4) && length === PLAIN_JFIF_BYTES;
    case markers.APP2:
      return hasText(head, "ICC_PROFILE\0", 4);
    case markers.APP11:
    case markers.APP14:
      return true;
    case markers.COMMENT:
      return false;
    default:
      return code < markers.APP0 || code > markers.APP15;
  }
}

function exifSegment(exif: Bytes): Bytes {
  const content = [...EXIF].map((character) => character.charCodeAt(0));
  return Uint8Array.from([
    0xff,
    markers.APP1,
    0,
    content.length + exif.length + 2,
    ...content,
    ...exif,
  ]);
}

/** Everything up to the marker that ends a scan. */
async function* takeScan(file: FileStream): AsyncGenerator<Bytes> {
  for (;;) {
    const piece = await file.peekPiece();
    if (piece.length < 2) throw new EndedEarly("The file ends within its picture");
    const end = endOfScan(piece);
    yield* file.take(end);
    if (end < piece.length - 1) return;
  }
}

/** Where the next marker begins; at the last byte if that may begin one, else behind it. */
function endOfScan(piece: Bytes): number {
  let place = piece.indexOf(0xff);
  while (place >= 0 && place < piece.length - 1) {
    if (!markers.isInScan(piece[place + 1] ?? 0)) return place;
    place = piece.indexOf(0xff, place + 1);
  }
  return place < 0 ? piece.length : place;
}
