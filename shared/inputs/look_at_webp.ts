import { hasText, latin1, uint16Reversed, uint24Reversed, uint32Reversed } from "./binary.ts";
import type { FileView } from "./file_view.ts";
import { brokenOff, damaged, type Look, unusable } from "./looked_at.ts";
import { type Orientation, orientationIn } from "./orientation.ts";
import { webpFlags as flags } from "./webp_flags.ts";

const KIND = "a WebP";

/** RIFF, its length, WEBP. */
const HEADER_BYTES = 12;
const MAX_CHUNKS = 100;
const MAX_EXIF_BYTES = 64 * 1024;

interface Size {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/** Reads a WebP's size (developers.google.com/speed/webp/docs/riff_container), and walks to its EXIF. */
export async function lookAtWebp(view: FileView): Promise<Look> {
  const end = 8 + uint32Reversed(await view.at(0, HEADER_BYTES), 4);
  if (end > view.size) return brokenOff(KIND);
  const first = await view.at(HEADER_BYTES, 8 + 10);
  const [name, extended] = [latin1(first, 0, 4), first[8] ?? 0];
  const isExtended = name === "VP8X";
  if (isExtended && (extended & flags.ANIMATION) !== 0) {
    return unusable("an animated WebP", { words: "save one picture of it as PNG" });
  }
  const size = isExtended ? readCanvas(first) : readBitstream(first);
  if (!size || !size.width || !size.height) return damaged(KIND);
  const walked = isExtended ? await walk(view, end) : { orientation: 1 as const };
  if (!walked) return damaged(KIND);
  return { found: "image", mediaType: "image/webp", ...size, ...walked, isAnimated: false };
}

function readCanvas(chunk: Uint8Array): Size {
  return {
    width: uint24Reversed(chunk, 12) + 1,
    height: uint24Reversed(chunk, 15) + 1,
    hasAlpha: ((chunk[8] ?? 0) & flags.ALPHA) !== 0,
  };
}

function readBitstream(chunk: Uint8Array): Size | undefined {
  if (hasText(chunk, "VP8L") && chunk[8] === 0x2f) {
    const bits = uint32Reversed(chunk, 9);
    const size = { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    return { ...size, hasAlpha: ((bits >>> 28) & 1) === 1 };
  }
  if (hasText(chunk, "VP8 ") && hasText(chunk, "\x9d\x01\x2a", 11)) {
    const side = (place: number): number => uint16Reversed(chunk, place) & 0x3fff;
    return { width: side(14), height: side(16), hasAlpha: false };
  }
}

/** What the chunks say; undefined if none is a picture. */
async function walk(
  view: FileView,
  end: number,
): Promise<{ readonly orientation: Orientation } | undefined> {
  let orientation: Orientation = 1;
  let hasPicture = false;
  let place = HEADER_BYTES;
  for (let count = 0; count < MAX_CHUNKS && place + 8 <= end; count++) {
    const head = await view.at(place, 8);
    const [name, length] = [latin1(head, 0, 4), uint32Reversed(head, 4)];
    if (name === "VP8 " || name === "VP8L") hasPicture = true;
    if (name === "EXIF") {
      orientation = orientationIn(await view.at(place + 8, Math.min(length, MAX_EXIF_BYTES)));
    }
    // Chunks begin at even places.
    place += 8 + length + (length % 2);
  }
  return hasPicture ? { orientation } : undefined;
}
