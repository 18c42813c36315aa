import type { Bytes } from "../../bytes.ts";
import type { ByteSource } from "../byte_source.ts";
import { drawMask } from "./draw_mask.ts";
import { BLACK, type MaskPixels, readMaskPixels, WHITE } from "./mask_pixels.ts";
import { bitsOfPixel, unpackPng } from "./png_header.ts";

/** Of more pixels each is not looked at: a client waits meanwhile. */
export const MAX_MASK_PIXELS = 4 * 1024 * 1024;
/** Black and white are short; what is longer is something else. */
const MAX_MASK_BYTES = 2_000_000;
/** Greys at edges, as brushes make them, are few. */
const MAX_GREY_SHARE = 0.1;
/** Fewer pixels of a kind are there by chance. */
const LEAST_SHARE = 0.001;
/** The mended mask is kept with the task. */
const MAX_MENDED_BYTES = 64 * 1024;

/** What came of a look at a mask: it may be sent as it is, or as it was mended, or cannot be used. */
export type MaskLook =
  | { readonly found: "good" }
  | { readonly found: "mended"; readonly png: Bytes; readonly changes: readonly string[] }
  | { readonly found: "unusable"; readonly words: string };

const RULE = "must be only black (stays) and white (changes)";

/** Looks at every pixel of a mask in PNG, of at most MAX_MASK_PIXELS. */
export async function lookAtMask(source: ByteSource): Promise<MaskLook> {
  if (source.size > MAX_MASK_BYTES) return unusable(`Is too long for black and white; ${RULE}`);
  const png = unpackPng(new Uint8Array(await source.read(0, source.size)));
  if (!png || bitsOfPixel(png) === undefined) return unusable("Is a PNG that cannot be read");
  if (png.isInterlaced) return unusable("Is an interlaced PNG: save the mask without interlacing");
  try {
    return await judge(await readMaskPixels(png));
  } catch (error) {
    if (error instanceof TypeError) return unusable("Is a PNG that cannot be read: save it anew");
    throw error;
  }
}

async function judge(pixels: MaskPixels): Promise<MaskLook> {
  const { width, height, black, white, hidden, uneven, grey, coloured } = pixels;
  const least = width * height * LEAST_SHARE;
  if (coloured > least) return unusable(`Has colours; ${RULE}`);
  if (grey > width * height * MAX_GREY_SHARE) return unusable(`Is grey in large parts; ${RULE}`);
  // Where nothing is white, what was erased is meant, as in masks for OpenAI.
  const isHoleMeant = white <= least && black > least;
  if ((isHoleMeant ? hidden : white) === 0) {
    return unusable(`Has no white, so nothing would change`);
  }
  const changes = [
    ...(hidden === 0 ? [] : [
      `is transparent in part, which is sent as ${
        isHoleMeant ? "white (changes)" : "black (stays)"
      }`,
    ]),
    ...(uneven === 0 ? [] : ["has greys, which are sent as black or white, whichever is nearer"]),
  ];
  if (changes.length === 0) return { found: "good" };
  const png = await drawMask(pixels, isHoleMeant ? WHITE : BLACK);
  if (png.length > MAX_MENDED_BYTES) return unusable(`Has greys or transparency; ${RULE}`);
  return { found: "mended", png, changes };
}

function unusable(words: string): MaskLook {
  return { found: "unusable", words };
}
