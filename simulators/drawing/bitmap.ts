export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, row by row. */
  readonly data: Uint8Array<ArrayBuffer>;
}

export type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Where something is drawn: its left upper corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Fills a part of a bitmap; what would be beside it is left out. */
export function fill(
  bitmap: Bitmap,
  { x, y, width, height }: Place & { readonly width: number; readonly height: number },
  colour: Colour,
): void {
  const row = new Uint8Array(Math.max(0, Math.min(width, bitmap.width - x)) * 4);
  for (let i = 0; i < row.length; i += 4) row.set(colour, i);
  for (let line = y; line < Math.min(y + height, bitmap.height); line++) {
    bitmap.data.set(row, (line * bitmap.width + x) * 4);
  }
}
