import { hasText, uint16 } from "./binary.ts";
import type { FileView } from "./file_view.ts";
import { marker as markers } from "./jpeg_markers.ts";
import { brokenOff, damaged, type Look, unusable } from "./looked_at.ts";
import { type Orientation, orientationIn } from "./orientation.ts";

const KIND = "a JPEG";

/** Metadata of several megabytes is a few hundred segments. */
const MAX_SEGMENTS = 2_000;
const MAX_FILL_BYTES = 1_000;
/** What a segment must be seen of to know what it is. */
const SEGMENT_HEAD_BYTES = 4 + 8;

/** Walks over what stands before a JPEG's picture until its size is found, and looks for its end. */
export async function lookAtJpeg(view: FileView): Promise<Look> {
  let orientation: Orientation = 1;
  let place = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    place = await skipFill(view, place);
    const head = await view.at(place, SEGMENT_HEAD_BYTES);
    const [ff, code = 0] = head;
    const length = uint16(head, 2);
    if (head.length < SEGMENT_HEAD_BYTES) return brokenOff(KIND);
    if (ff !== 0xff || code < 0xc0 || code === 0xff || length < 2) return damaged(KIND);
    if (markers.isFrame(code)) {
      const frame = readFrame(code, await view.at(place, 10));
      if (typeof frame === "string") return unusable(frame, { words: "save it as a common JPEG" });
      if (!hasEnd(view.tail(place + 2 + length))) return brokenOff(KIND);
      const { width, height } = frame;
      if (!width || !height) return damaged(KIND);
      const image = { width, height, orientation, hasAlpha: false, isAnimated: false };
      return { found: "image", mediaType: "image/jpeg", ...image };
    }
    if (code === markers.SCAN || code === markers.END) return damaged(KIND);
    if (code === markers.APP1 && hasText(head, "Exif\0", 4)) {
      orientation = orientationIn(await view.at(place + 4, length - 2));
    }
    place += 2 + length;
  }
  return damaged(KIND);
}

/** A marker may begin with more than one FF. */
async function skipFill(view: FileView, start: number): Promise<number> {
  const [first, second] = await view.at(start, 2);
  if (first !== 0xff || second !== 0xff) return start;
  const fill = await view.at(start, MAX_FILL_BYTES);
  let count = 1;
  while (fill[count] === 0xff) count++;
  return count < fill.length ? start + count - 1 : start;
}

/** Its size, or what kind of JPEG it is that services do not read. */
function readFrame(
  code: number,
  frame: Uint8Array,
): { readonly width: number; readonly height: number } | string {
  if (!markers.COMMON_FRAMES.includes(code)) {
    return "a JPEG in a rare form (lossless or arithmetic)";
  }
  const [, , , , bits] = frame;
  if (bits !== 8) return `a JPEG with ${bits} bits a colour`;
  return { width: uint16(frame, 7), height: uint16(frame, 5) };
}

/**
 * Whether the last bytes can be those of a whole JPEG: its end is among them, or they are of something
 * else that was put behind it, like the video of a motion photo. In a picture that breaks off, FF is
 * followed by few bytes only.
 */
function hasEnd(tail: Uint8Array): boolean {
  let isOfPicture = true;
  let place = tail.indexOf(0xff);
  while (place >= 0 && place < tail.length - 1) {
    const code = tail[place + 1] ?? 0;
    if (code === markers.END) return true;
    if (!markers.isOfPicture(code)) isOfPicture = false;
    place = tail.indexOf(0xff, place + 1);
  }
  return !isOfPicture;
}
