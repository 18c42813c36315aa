import type { Bitmap, Place } from "./bitmap.ts";

/** In pixels: small, because a service keeps those of all its jobs. */
const LONGER_SIDE = 64;

/** A small copy of a picture that was handed in, by which it is known again in the result. */
export function miniatureOf(
  { width, height, data }: {
    readonly width: number;
    readonly height: number;
    readonly data: ArrayLike<number>;
  },
): Bitmap {
  const scale = Math.min(1, LONGER_SIDE / Math.max(width, height));
  const small = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const copy = new Uint8Array(small.width * small.height * 4);
  for (let y = 0; y < small.height; y++) {
    const row = Math.floor((y * height) / small.height) * width;
    for (let x = 0; x < small.width; x++) {
      const from = 4 * (row + Math.floor((x * width) / small.width));
      for (let i = 0; i < 4; i++) copy[4 * (y * small.width + x) + i] = data[from + i] ?? 0;
    }
  }
  return { ...small, data: copy };
}

/** Draws it as large as a square of this side lets it be. Opaque: what is clear in it is black. */
export function drawMiniature(
  bitmap: Bitmap,
  miniature: Bitmap,
  { x, y, side }: Place & { readonly side: number },
): void {
  const scale = side / Math.max(miniature.width, miniature.height);
  const width = Math.floor(miniature.width * scale);
  const height = Math.floor(miniature.height * scale);
  const row = new Uint8Array(width * 4);
  let drawn = -1;
  for (let line = 0; line < height; line++) {
    const source = Math.floor(line / scale);
    if (source !== drawn) {
      for (let column = 0; column < width; column++) {
        const from = 4 * (source * miniature.width + Math.floor(column / scale));
        row.set(miniature.data.subarray(from, from + 3), 4 * column);
        row[4 * column + 3] = 255;
      }
      drawn = source;
    }
    bitmap.data.set(row, ((y + line) * bitmap.width + x) * 4);
  }
}
