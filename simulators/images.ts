/**
 * Draws the pictures that the simulated providers sell.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Bitmap, Colour } from "./drawing/bitmap.ts";
import { type Caption, drawCaption } from "./drawing/caption.ts";
import { drawMiniature } from "./drawing/miniature.ts";
import { encodePng } from "./drawing/png.ts";
import { Jimp } from "./jimp.ts";

export type ImageFormat = "png" | "jpeg" | "webp";

/** What a result shows of its order. */
export interface Shown {
  /** Words at the bottom. Default: none. */
  readonly caption?: Caption | undefined;
  /** Small copies of the pictures that it is made of: the first is in a corner. Default: none. */
  readonly inputs?: readonly Bitmap[] | undefined;
}

export interface ImageOrder extends Shown {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /**
   * What the picture depends on, for example the prompt and the inputs' hashes.
   */
  readonly seed: string;
  /** Which of several pictures of the same order. */
  readonly index: number;
  readonly format: ImageFormat;
  /** Leaves the background fully transparent; `jpeg` cannot. Default: false. */
  readonly transparent?: boolean;
  /** Leaves nothing of the picture but its ground, as a filter does. Default: false. */
  readonly blurred?: boolean;
  /** 0 to 100, for `jpeg` and `webp`. Default: 90. */
  readonly quality?: number;
}

/** The hash's 256 bits, as a square of blocks. */
const BLOCKS_PER_SIDE = 16;
/**
 * Margin on each side, as a share of the side: the corners always show the
 * background.
 */
export const MARGIN = 0.0625;

/** How large the copy of an input is, as a share of the shorter side. */
const MINIATURE = 0.28;

/**
 * Draws the SHA-256 of seed and index as light and dark blocks on a coloured
 * ground, with the words of the order and a small copy of its first input over
 * it. Equal orders give equal bytes; another seed or index gives another picture.
 */
export async function drawImage(order: ImageOrder): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = drawBitmap(order);
  const encoded = await encoders[order.format](bitmap, order);
  return new Uint8Array(encoded);
}

type Encoder = (bitmap: Bitmap, order: ImageOrder) => Promise<ArrayLike<number>>;

const encoders: Record<ImageFormat, Encoder> = {
  png: (bitmap, { transparent = false }) => Promise.resolve(encodePng(bitmap, transparent)),
  jpeg: (bitmap, { quality = 90 }) => Jimp.fromBitmap(bitmap).getBuffer("image/jpeg", { quality }),
  webp: (bitmap, { quality = 90 }) =>
    Jimp.fromBitmap(bitmap).getBuffer("image/webp", { quality, method: 0 }),
};

function drawBitmap(order: ImageOrder): Bitmap {
  const { width, height, seed, index, transparent = false, blurred = false } = order;
  const hash = createHash("sha256").update(`${index}\n${seed}`).digest();
  const [red = 0, green = 0, blue = 0] = hash;
  const ground: Colour = transparent ? [0, 0, 0, 0] : [red, green, blue, 255];
  const light: Colour = [255 - red / 4, 255 - green / 4, 255 - blue / 4, 255];
  const dark: Colour = [red / 4, green / 4, blue / 4, 255];

  const rows = [paintRow(width, () => ground)];
  for (let blockRow = 0; blockRow < BLOCKS_PER_SIDE; blockRow++) {
    const bits = hash.readUInt16BE(blockRow * 2);
    rows.push(
      paintRow(width, (x) => {
        const column = blockAt(x, width);
        if (column === undefined || blurred) return ground;
        return (bits >> column) % 2 === 1 ? light : dark;
      }),
    );
  }

  // Whole rows are copied: thousands of pixels per step instead of one.
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    const row = rows[(blockAt(y, height) ?? -1) + 1];
    if (row !== undefined) data.set(row, y * width * 4);
  }
  const bitmap = { width, height, data };
  if (!blurred) drawWords(bitmap, order);
  return bitmap;
}

/** Within the margins, so that the corners stay as they are. */
function drawWords(bitmap: Bitmap, { width, height, caption, inputs = [] }: ImageOrder): void {
  const [x, y] = [Math.ceil(width * MARGIN), Math.ceil(height * MARGIN)];
  const [input] = inputs;
  if (input) {
    drawMiniature(bitmap, input, { x, y, side: Math.floor(MINIATURE * Math.min(width, height)) });
  }
  if (caption) drawCaption(bitmap, caption, { x, width: width - 2 * x, bottom: height - y });
}

function paintRow(width: number, colourAt: (x: number) => Colour): Uint8Array {
  const row = new Uint8Array(width * 4);
  for (let x = 0; x < width; x++) row.set(colourAt(x), x * 4);
  return row;
}

function blockAt(position: number, side: number): number | undefined {
  const share = (position / side - MARGIN) / (1 - 2 * MARGIN);
  return share < 0 || share >= 1 ? undefined : Math.floor(share * BLOCKS_PER_SIDE);
}
