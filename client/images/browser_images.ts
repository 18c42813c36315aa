import { MakeIt3DError } from "../errors.ts";
import { bytesOf, type FileInput, readBy } from "../files.ts";
import { type Fit, scaled, type Size } from "./fit.ts";

export interface BrowserImagesOptions {
  /** Makes a JPEG or PNG of what this browser cannot show: HEIC, everywhere but in Safari. */
  readonly convert?: ((file: Blob) => Promise<Blob>) | undefined;
}

/** Draws an image upright and in a size that fits, without what a camera writes beside it. */
export async function drawInBrowser(
  file: FileInput,
  fit: Fit,
  { convert }: BrowserImagesOptions = {},
): Promise<FileInput> {
  const { bytes, type } = await bytesOf(file, readBy(globalThis.fetch));
  const given = new Blob([bytes], { type: typeOf(new Uint8Array(bytes)) ?? type });
  const bitmap = await decode(given, convert);
  const size = scaled(bitmap, fit);
  const isSharp = fit.isMask || given.type === "image/png" || given.type === "image/webp";
  const fits = size.width === bitmap.width && size.height === bitmap.height;
  // Drawings and cut-outs have neither a place nor a turn.
  if (fits && isSharp && fit.mediaTypes.includes(given.type)) return given;
  return await draw(bitmap, size, isSharp ? "image/png" : "image/jpeg", fit.isMask);
}

async function decode(
  file: Blob,
  convert: BrowserImagesOptions["convert"],
): Promise<ImageBitmap> {
  const open = (blob: Blob): Promise<ImageBitmap> =>
    createImageBitmap(blob, { imageOrientation: "from-image" });
  try {
    return await open(file).catch(async (error) => {
      if (convert) return await open(await convert(file));
      throw error;
    });
  } catch (cause) {
    const message = "This browser cannot read the image; choose a JPEG or PNG";
    throw new MakeIt3DError("unreadable_image", message, false, { cause });
  }
}

/** What is used of a canvas; this file is checked where there is none. */
interface Canvas extends Size {
  getContext(kind: "2d"): {
    imageSmoothingEnabled: boolean;
    drawImage(image: ImageBitmap, x: number, y: number, width: number, height: number): void;
  };
  toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void;
}

async function draw(
  bitmap: ImageBitmap,
  size: Size,
  type: string,
  isMask: boolean,
): Promise<Blob> {
  const page: { createElement?(name: "canvas"): Canvas } = Reflect.get(globalThis, "document") ??
    {};
  const canvas = page.createElement?.("canvas");
  if (!canvas) throw new MakeIt3DError("no_canvas", "Images are drawn in a page only");
  Object.assign(canvas, size);
  const context = canvas.getContext("2d");
  context.imageSmoothingEnabled = !isMask;
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.9));
  if (!blob) throw new MakeIt3DError("unreadable_image", "The image cannot be drawn");
  return blob;
}

/** What its first bytes say: names and types of phones' files are often wrong. */
function typeOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG")) return "image/png";
  if (head.startsWith("\xff\xd8")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : undefined;
}
