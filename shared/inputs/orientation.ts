import { hasText, uint16, uint16Reversed, uint32, uint32Reversed } from "./binary.ts";

/** How a picture is turned before it is shown, as EXIF counts it: 1 is upright as stored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const ENTRY_BYTES = 12;
/** More than any camera writes. */
const MAX_ENTRIES = 500;

/** What EXIF says of a picture's orientation; 1 where it says nothing that can be read. */
export function orientationIn(exif: Uint8Array): Orientation {
  const tiff = hasText(exif, "Exif\0") ? exif.subarray(6) : exif;
  const isReversed = hasText(tiff, "II*\0");
  if (!isReversed && !hasText(tiff, "MM\0*")) return 1;
  const short = isReversed ? uint16Reversed : uint16;
  const long = isReversed ? uint32Reversed : uint32;
  const directory = long(tiff, 4);
  const entries = Math.min(short(tiff, directory), MAX_ENTRIES);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * ENTRY_BYTES;
    if (short(tiff, entry) === ORIENTATION_TAG) return known(short(tiff, entry + 8));
  }
  return 1;
}

/** Whether width and height change places. */
export function isTurnedOnItsSide(orientation: Orientation): boolean {
  return orientation >= 5;
}

function known(value: number): Orientation {
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  return all.find((orientation) => orientation === value) ?? 1;
}
