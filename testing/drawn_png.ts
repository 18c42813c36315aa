import type { Bytes } from "../shared/bytes.ts";
import { pngChunk } from "../shared/inputs/png_chunk.ts";
import { bytesOf, joined, number } from "./small_files.ts";

/** A PNG whose pixels a test says, of any kind that PNG has. */
export interface PngOrder {
  readonly width: number;
  readonly height: number;
  /** Default: 8. */
  readonly depth?: number;
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. Default: grey. */
  readonly colourType?: number;
  /** Of the rows, 0 to 4. Default: none. */
  readonly filter?: number;
  readonly isInterlaced?: boolean;
  readonly palette?: Bytes;
  readonly transparency?: Bytes;
  /** The samples of a pixel, each as large as the depth allows. */
  pixel(x: number, y: number): readonly number[];
}

export async function drawnPng(order: PngOrder): Promise<Bytes> {
  const { width, height, depth = 8, colourType = 0, palette, transparency } = order;
  const kind = Uint8Array.of(depth, colourType, 0, 0, order.isInterlaced ? 1 : 0);
  const packed = new Blob([rowsOf(order)]).stream().pipeThrough(new CompressionStream("deflate"));
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  const half = data.length >> 1;
  return joined(
    bytesOf("\x89PNG\r\n\x1a\n"),
    pngChunk("IHDR", joined(number(width, 4), number(height, 4), kind)),
    ...(palette ? [pngChunk("PLTE", palette)] : []),
    ...(transparency ? [pngChunk("tRNS", transparency)] : []),
    pngChunk("IDAT", data.slice(0, half)),
    pngChunk("IDAT", data.slice(half)),
    pngChunk("IEND"),
  );
}

function rowsOf({ width, height, depth = 8, filter = 0, pixel }: PngOrder): Bytes {
  const samples = pixel(0, 0).length;
  const rowBytes = Math.ceil(width * samples * depth / 8);
  const step = Math.max(1, samples * depth >> 3);
  let above = new Uint8Array(rowBytes);
  const rows: Bytes[] = [];
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(rowBytes);
    let bit = 0;
    for (let x = 0; x < width; x++) {
      for (const sample of pixel(x, y)) {
        put(row, bit, depth, sample);
        bit += depth;
      }
    }
    rows.push(joined(Uint8Array.of(filter), filtered(row, above, step, filter)));
    above = row;
  }
  return joined(...rows);
}

function put(row: Bytes, bit: number, depth: number, sample: number): void {
  const place = bit >> 3;
  if (depth === 16) row.set([sample >> 8, sample & 0xff], place);
  else row[place] = (row[place] ?? 0) | (sample << (8 - depth - (bit & 7)));
}

/** Each byte less what the filter foretells of it (PNG, 9.2). */
function filtered(row: Bytes, above: Bytes, step: number, filter: number): Bytes {
  return row.map((byte, place) => {
    const [left, up, corner] = [
      row[place - step] ?? 0,
      above[place] ?? 0,
      above[place - step] ?? 0,
    ];
    const guess = left + up - corner;
    const distances = [left, up, corner].map((value) => Math.abs(guess - value));
    const nearest = [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0;
    return byte - ([0, left, up, (left + up) >> 1, nearest][filter] ?? 0);
  });
}
