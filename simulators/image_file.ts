/**
 * Reads the pictures that clients hand in.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Bitmap } from "./drawing/bitmap.ts";
import { miniatureOf } from "./drawing/miniature.ts";
import { Jimp } from "./jimp.ts";

export interface ImageFacts {
  readonly mediaType: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Whether at least one pixel is not fully opaque. */
  readonly hasTransparency: boolean;
}

/** A picture that something is to be made of. */
export interface InputFacts extends ImageFacts {
  /** To be known again by in the result. */
  readonly miniature: Bitmap;
}

interface ImageKind {
  readonly mediaType: string;
  /** The bytes every file of this kind has, and where. */
  readonly signature: readonly { readonly offset: number; readonly bytes: readonly number[] }[];
}

const imageKinds: readonly ImageKind[] = [
  {
    mediaType: "image/png",
    signature: [{ offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] }],
  },
  { mediaType: "image/jpeg", signature: [{ offset: 0, bytes: [0xff, 0xd8, 0xff] }] },
  {
    mediaType: "image/webp",
    signature: [
      { offset: 0, bytes: [0x52, 0x49, 0x46, 0x46] },
      { offset: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
    ],
  },
];

export interface DecodedImage {
  readonly mediaType: string;
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, row by row. */
  readonly data: ArrayLike<number>;
}

/**
 * Decodes a PNG, JPEG or WebP completely, so that a damaged file is noticed.
 *
 * @returns undefined when the bytes are none of the three or cannot be decoded.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage | undefined> {
  const kind = imageKinds.find(({ signature }) =>
    signature.every((part) => part.bytes.every((byte, i) => bytes[part.offset + i] === byte))
  );
  if (kind === undefined) return undefined;
  try {
    const { width, height, data } = (await Jimp.read(Buffer.from(bytes))).bitmap;
    return { mediaType: kind.mediaType, width, height, data };
  } catch {
    // Whatever the decoder says about a damaged file, the provider only says
    // that it is damaged.
    return undefined;
  }
}

/** What there is to know about a picture without its pixels. */
export async function readImage(bytes: Uint8Array): Promise<ImageFacts | undefined> {
  const image = await decodeImage(bytes);
  return image && factsOf(image);
}

/** The same, and a small copy. */
export async function readInput(bytes: Uint8Array): Promise<InputFacts | undefined> {
  const image = await decodeImage(bytes);
  return image && { ...factsOf(image), miniature: miniatureOf(image) };
}

function factsOf({ mediaType, width, height, data }: DecodedImage): ImageFacts {
  return { mediaType, width, height, hasTransparency: hasTransparency(data) };
}

function hasTransparency(data: ArrayLike<number>): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return true;
  return false;
}
