/**
 * Draws the pictures that the simulated providers sell.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Jimp } from "./jimp.ts";

export type ImageFormat = "png" | "jpeg" | "webp";

export interface ImageOrder {
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

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** The hash's 256 bits, as a square of blocks. */
const BLOCKS_PER_SIDE = 16;
/**
 * Margin on each side, as a share of the side: the corners always show the
 * background.
 */
const MARGIN = 0.0625;

/**
 * Draws the SHA-256 of seed and index as light and dark blocks on a coloured
 * ground. Equal orders give equal bytes; another seed or index gives another
 * picture.
 */
export async function drawImage(order: ImageOrder): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = drawBitmap(order);
  const encoded = await encoders[order.format](bitmap, order);
  return new Uint8Array(encoded);
}

type Encoder = (bitmap: Bitmap, order: ImageOrder) => Promise<ArrayLike<number>>;

const encoders: Record<ImageFormat, Encoder> = {
  png: (bitmap, { transparent = false }) =>
    // The fastest settings that still shrink flat areas; colour type 6 has an
    // alpha channel.
    Jimp.fromBitmap(bitmap).getBuffer("image/png", {
      deflateLevel: 1,
      deflateStrategy: 0,
      filterType: 0,
      colorType: transparent ? 6 : 2,
    }),
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
  return { width, height, data };
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
