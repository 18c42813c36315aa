import { hasText, indexOfText, latin1, uint32 } from "./binary.ts";
import type { FileView } from "./file_view.ts";
import { brokenOff, damaged, type Look, unusable } from "./looked_at.ts";
import { type Orientation, orientationIn } from "./orientation.ts";

const KIND = "a PNG";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk. */
const FRAME_BYTES = 12;
const MAX_CHUNKS = 1_000;
/** Longer EXIF is read up to here: the orientation stands near its beginning. */
const MAX_EXIF_BYTES = 64 * 1024;
const END = "IEND\xae\x42\x60\x82";

interface Before {
  readonly orientation?: Orientation;
  readonly hasTransparentColour: boolean;
  readonly isAnimated: boolean;
}

/** Walks over what stands before a PNG's picture, and looks for its end. */
export async function lookAtPng(view: FileView): Promise<Look> {
  const head = await view.at(SIGNATURE_BYTES, 8 + 13);
  if (hasText(head, "CgBI", 4)) {
    return unusable("a PNG in Apple's own form (CgBI)", { words: "save it as a common PNG" });
  }
  if (head.length < 8 + 13) return brokenOff(KIND);
  if (!hasText(head, "IHDR", 4)) return damaged(KIND);
  const [width, height, colourType] = [uint32(head, 8), uint32(head, 12), head[17] ?? 0];
  if (!width || !height) return damaged(KIND);
  const before = await walk(view);
  if (!before || indexOfText(view.tail(SIGNATURE_BYTES), END) < 0) return brokenOff(KIND);
  return {
    found: "image",
    mediaType: "image/png",
    width,
    height,
    orientation: before.orientation ?? orientationBehind(view),
    hasAlpha: (colourType & 4) !== 0 || before.hasTransparentColour,
    isAnimated: before.isAnimated,
  };
}

/** What the chunks before the picture say; undefined if there is no picture behind them. */
async function walk(view: FileView): Promise<Before | undefined> {
  const names = new Set<string>();
  let orientation: Orientation | undefined;
  let place = SIGNATURE_BYTES;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await view.at(place, 8);
    const name = latin1(head, 4, 8);
    if (head.length < 8) return undefined;
    if (name === "IDAT") {
      return {
        ...(orientation && { orientation }),
        hasTransparentColour: names.has("tRNS"),
        isAnimated: names.has("acTL"),
      };
    }
    const length = uint32(head, 0);
    if (name === "eXIf") {
      orientation = orientationIn(await view.at(place + 8, Math.min(length, MAX_EXIF_BYTES)));
    }
    names.add(name);
    place += length + FRAME_BYTES;
  }
  return undefined;
}

/** Some programs write EXIF behind the picture. */
function orientationBehind(view: FileView): Orientation {
  const tail = view.tail(SIGNATURE_BYTES);
  const place = indexOfText(tail, "eXIf");
  return place < 0 ? 1 : orientationIn(tail.subarray(place + 4));
}
