import type { Bytes } from "../../bytes.ts";
import { pngChunk } from "../png_chunk.ts";
import { HIDDEN, type MaskPixels } from "./mask_pixels.ts";

/** Draws a mask as a PNG of 8 bits of grey, in which every pixel is black or white. */
export async function drawMask(
  { width, height, values }: Pick<MaskPixels, "width" | "height" | "values">,
  hidden: number,
): Promise<Bytes> {
  // Each row begins with its filter: none.
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0, place = 0; y < height; y++) {
    rows.set(values.subarray(y * width, (y + 1) * width), place + 1);
    place += width + 1;
  }
  for (let place = 0; place < rows.length; place++) {
    if (rows[place] === HIDDEN) rows[place] = hidden;
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const chunks = [
    pngChunk("IHDR", header),
    pngChunk("IDAT", await deflate(rows)),
    pngChunk("IEND"),
  ];
  return new Uint8Array(await new Blob([signature, ...chunks]).arrayBuffer());
}

async function deflate(bytes: Bytes): Promise<Bytes> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
