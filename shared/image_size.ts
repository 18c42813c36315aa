import { imageDimensionsFromData } from "image-dimensions";

/** Of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What cameras put before the size (a preview, a colour profile) ends well before. */
export const BEGINNING_BYTES = 512 * 1024;

/** PNG, JPEG and WebP: what operations take. The library reads other kinds, too, and fails at some. */
const SIGNATURES = [
  { place: 0, bytes: [0x89, 0x50, 0x4e, 0x47] },
  { place: 0, bytes: [0xff, 0xd8, 0xff] },
  { place: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
];

/**
 * Width and height as the first bytes of a PNG, JPEG or WebP tell them, without decoding it;
 * undefined if they do not, or are those of anything else.
 */
export function imageSize(bytes: Uint8Array): ImageSize | undefined {
  const isImage = SIGNATURES.some((signature) =>
    signature.bytes.every((byte, index) => bytes[signature.place + index] === byte)
  );
  if (!isImage) return undefined;
  const { width, height } = imageDimensionsFromData(bytes) ?? {};
  return width && height ? { width, height } : undefined;
}
