import type { Area, MaskRaster, Size } from "./mask_raster.ts";

/** Above it a pixel of a mask is white, as the backend sees it. */
const MIDDLE = 127;

/** The mask as a PNG of black and white: white changes. */
export async function maskPng({ pixels, size }: MaskRaster): Promise<Blob> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const image = new ImageData(size.width, size.height);
  const words = new Uint32Array(image.data.buffer);
  // Little-endian, as every browser's machine is: opaque white, or opaque black.
  pixels.forEach((pixel, at) => words[at] = pixel ? 0xffffffff : 0xff000000);
  contextOf(canvas).putImageData(image, 0, 0);
  return await canvas.convertToBlob({ type: "image/png" });
}

/**
 * The painted pixels of a mask that was made elsewhere. Undefined: it is of another shape than the
 * picture.
 */
export async function readMask(file: Blob, size: Size): Promise<Uint8Array | undefined> {
  const bitmap = await createImageBitmap(file);
  const shape = (bitmap.width * size.height) / (bitmap.height * size.width);
  if (Math.abs(shape - 1) > 0.01) return undefined;
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = contextOf(canvas);
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, size.width, size.height);
  const painted = new Uint8Array(size.width * size.height);
  for (let at = 0; at < painted.length; at++) painted[at] = (data[4 * at] ?? 0) > MIDDLE ? 1 : 0;
  return painted;
}

/** Shows a part of the mask on the canvas that lies on the picture. */
export function showMask(
  context: CanvasRenderingContext2D,
  { pixels, size }: MaskRaster,
  { left, top, right, bottom }: Area = { left: 0, top: 0, right: size.width, bottom: size.height },
): void {
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0) return;
  const image = new ImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // Pink, which few pictures are; how much of the picture shines through, the style says.
      words[y * width + x] = pixels[(top + y) * size.width + left + x] ? 0xff8a2bff : 0;
    }
  }
  context.putImageData(image, left, top);
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws no pictures");
  return context;
}
