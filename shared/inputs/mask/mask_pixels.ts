import type { Bytes } from "../../bytes.ts";
import { aMaskRow, rowReader } from "./grey_and_alpha.ts";
import type { PackedPng } from "./png_header.ts";
import { pngRows } from "./png_rows.ts";

export const BLACK = 0;
export const WHITE = 255;
/** A pixel that is more transparent than not. */
export const HIDDEN = 1;

/** What is nearer to black or white is no grey to speak of. */
const NEARLY = 16;

/** The pixels of a mask, each as black, white or hidden, and what they were. */
export interface MaskPixels {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly values: Bytes;
  readonly black: number;
  readonly white: number;
  readonly hidden: number;
  /** Those that are seen and were neither black nor white. */
  readonly uneven: number;
  /** Those of them that were far from both. */
  readonly grey: number;
  readonly coloured: number;
}

/** Reads every pixel. Throws a TypeError if there are none to be read. */
export async function readMaskPixels(png: PackedPng): Promise<MaskPixels> {
  const { width, height } = png;
  const values = new Uint8Array(width * height);
  const row = aMaskRow(width);
  const read = rowReader(png);
  const counts = { white: 0, hidden: 0, uneven: 0, grey: 0 };
  let place = 0;
  for await (const stored of pngRows(png)) {
    read(stored, row);
    for (let x = 0; x < width; x++, place++) {
      const grey = row.grey[x] ?? 0;
      const alpha = row.alpha[x] ?? 0;
      if (alpha < 128) {
        counts.hidden++;
        values[place] = HIDDEN;
        continue;
      }
      if (grey >= 128) {
        counts.white++;
        values[place] = WHITE;
      }
      if (alpha !== 255 || (grey !== 0 && grey !== 255)) counts.uneven++;
      if (grey > NEARLY && grey < 255 - NEARLY) counts.grey++;
    }
  }
  const black = width * height - counts.white - counts.hidden;
  return { width, height, values, black, ...counts, coloured: row.coloured };
}
