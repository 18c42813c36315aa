import { imageDimensionsFromData } from "image-dimensions";

/** Of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What cameras put before the size (a preview, a colour profile) ends well before. */
export const BEGINNING_BYTES = 512 * 1024;

/** Width and height as an image's first bytes tell them, without decoding it; undefined if they do not. */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const { width, height } = imageDimensionsFromData(bytes) ?? {};
  return width && height ? { width, height } : undefined;
}
