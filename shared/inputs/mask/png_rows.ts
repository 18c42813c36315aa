import { bitsOfPixel, type PackedPng } from "./png_header.ts";

/**
 * The rows of pixels of a PNG that is not interlaced, one after the other in one array that is used
 * again. Throws a TypeError where they are no such rows, or too few.
 */
export async function* pngRows(png: PackedPng): AsyncGenerator<Uint8Array> {
  const bits = bitsOfPixel(png) ?? 8;
  const rowBytes = Math.ceil(png.width * bits / 8);
  const step = Math.max(1, bits >> 3);
  const packed = new Uint8Array(rowBytes + 1);
  let row = new Uint8Array(rowBytes);
  let above = new Uint8Array(rowBytes);
  let known = 0;
  let left = png.height;
  const inflated = new Blob([...png.data]).stream().pipeThrough(new DecompressionStream("deflate"));
  for await (const piece of inflated) {
    for (let place = 0; place < piece.length && left > 0;) {
      const taken = Math.min(packed.length - known, piece.length - place);
      packed.set(piece.subarray(place, place + taken), known);
      known += taken;
      place += taken;
      if (known < packed.length) continue;
      row.set(packed.subarray(1));
      unfilter(packed[0] ?? 0, row, above, step);
      yield row;
      [row, above, known] = [above, row, 0];
      left--;
    }
    if (left === 0) return;
  }
  throw new TypeError(`${left} rows are missing`);
}

/** Undoes what made the row shorter (PNG, 9.2). @param step Bytes from a pixel to the next. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  // Left of the first pixel there is nothing, and to look there would make every look slow.
  const first = Math.min(step, row.length);
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = step; i < row.length; i++) row[i] = at(row, i) + at(row, i - step);
      return;
    case 2:
      for (let i = 0; i < row.length; i++) row[i] = at(row, i) + at(above, i);
      return;
    case 3:
      for (let i = 0; i < first; i++) row[i] = at(row, i) + (at(above, i) >> 1);
      for (let i = step; i < row.length; i++) {
        row[i] = at(row, i) + ((at(row, i - step) + at(above, i)) >> 1);
      }
      return;
    case 4:
      for (let i = 0; i < first; i++) row[i] = at(row, i) + at(above, i);
      for (let i = step; i < row.length; i++) {
        row[i] = at(row, i) + paeth(at(row, i - step), at(above, i), at(above, i - step));
      }
      return;
    default:
      throw new TypeError(`Filter ${filter}`);
  }
}

function at(bytes: Uint8Array, place: number): number {
  return bytes[place] ?? 0;
}

function paeth(left: number, up: number, corner: number): number {
  // Most of a mask is one colour.
  if (left === up && up === corner) return left;
  const byLeft = Math.abs(up - corner);
  const byUp = Math.abs(left - corner);
  const byCorner = Math.abs(left + up - 2 * corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
