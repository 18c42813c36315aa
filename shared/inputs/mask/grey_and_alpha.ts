import type { PackedPng } from "./png_header.ts";

/** How far red, green and blue may be apart in what is called grey. */
const MAX_TINT = 16;

/** A row of pixels as a mask sees it. */
export interface MaskRow {
  /** 0 to 255. */
  readonly grey: Uint8Array;
  /** 0 to 255. */
  readonly alpha: Uint8Array;
  /** Pixels that are to be seen and have a colour. */
  coloured: number;
}

/** Reads a row as it is stored into a row of a mask. */
export type ReadRow = (stored: Uint8Array, row: MaskRow) => void;

export function aMaskRow(width: number): MaskRow {
  return { grey: new Uint8Array(width), alpha: new Uint8Array(width).fill(255), coloured: 0 };
}

/** How rows of this PNG are read. */
export function rowReader({ colourType, depth, palette, transparency }: PackedPng): ReadRow {
  if (colourType === 3) {
    return (stored, row) => readPalette(stored, row, depth, palette, transparency);
  }
  if (depth < 8) return (stored, row) => readSmallGreys(stored, row, depth, transparency);
  const hasAlpha = (colourType & 4) !== 0;
  const colours = (colourType & 2) !== 0 ? 3 : 1;
  // Of two bytes, the first counts.
  const size = depth >> 3;
  const step = (colours + (hasAlpha ? 1 : 0)) * size;
  const hidden = transparency &&
    Array.from(
      { length: colours },
      (_, index) => transparency[index * 2 + (depth === 16 ? 0 : 1)] ?? 0,
    );
  return (stored, row) => {
    for (let x = 0, place = 0; x < row.grey.length; x++, place += step) {
      const red = stored[place] ?? 0;
      const green = colours === 1 ? red : stored[place + size] ?? 0;
      const blue = colours === 1 ? red : stored[place + 2 * size] ?? 0;
      const isHidden = hidden !== undefined && red === hidden[0] &&
        (colours === 1 || (green === hidden[1] && blue === hidden[2]));
      const alpha = hasAlpha ? stored[place + colours * size] ?? 0 : isHidden ? 0 : 255;
      put(row, x, red, green, blue, alpha);
    }
  };
}

function put(
  row: MaskRow,
  x: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
): void {
  row.grey[x] = red;
  row.alpha[x] = alpha;
  if (red === green && green === blue) return;
  row.grey[x] = (red * 299 + green * 587 + blue * 114) / 1_000;
  const tint = Math.max(red, green, blue) - Math.min(red, green, blue);
  if (tint > MAX_TINT && alpha >= 128) row.coloured++;
}

function readPalette(
  stored: Uint8Array,
  row: MaskRow,
  depth: number,
  palette: Uint8Array,
  transparency: Uint8Array = new Uint8Array(),
): void {
  for (let x = 0; x < row.grey.length; x++) {
    const entry = sampleAt(stored, x, depth);
    const colour = (part: number): number => palette[entry * 3 + part] ?? 0;
    put(row, x, colour(0), colour(1), colour(2), transparency[entry] ?? 255);
  }
}

function readSmallGreys(
  stored: Uint8Array,
  row: MaskRow,
  depth: number,
  transparency: Uint8Array | undefined,
): void {
  const most = (1 << depth) - 1;
  for (let x = 0; x < row.grey.length; x++) {
    const value = sampleAt(stored, x, depth);
    const grey = value * 255 / most;
    put(row, x, grey, grey, grey, value === transparency?.[1] ? 0 : 255);
  }
}

function sampleAt(stored: Uint8Array, x: number, depth: number): number {
  const bit = x * depth;
  return ((stored[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
