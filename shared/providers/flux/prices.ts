import type { Price } from "../prices.ts";

/** What Black Forest Labs counts in. */
export const USD_PER_CREDIT = 0.01;

export const DEFAULT_MODEL = "flux-kontext-pro";

/** USD an image, whatever its size. */
interface ImagePrice {
  readonly image: number;
}

/** USD a megapixel: the first of the output, and each other one of output and inputs. */
interface MegapixelPrice {
  readonly first: number;
  readonly further: number;
  /** How many the model takes in and puts out together, where the service limits that. */
  readonly mostInAll?: number;
}

/** Black Forest Labs' pricing page and the price list of its own agent skill, read 2026-11. */
const prices: Readonly<Record<string, ImagePrice | MegapixelPrice>> = {
  "flux-kontext-pro": { image: 0.04 },
  "flux-kontext-max": { image: 0.08 },
  "flux-2-pro": { first: 0.03, further: 0.015, mostInAll: 9 },
  "flux-2-max": { first: 0.07, further: 0.03 },
  "flux-2-flex": { first: 0.05, further: 0.05 },
  "flux-2-klein-9b": { first: 0.015, further: 0.002 },
  "flux-2-klein-4b": { first: 0.014, further: 0.001 },
  "flux-pro-1.1": { image: 0.04 },
  "flux-pro-1.1-ultra": { image: 0.06 },
  // A gateway's price; the service's own is not published.
  "flux-pro-1.0-fill": { image: 0.05 },
};

/** Megapixels that are billed of an edit: each begun one counts. How the service rounds is not documented. */
interface Megapixels {
  readonly output: number;
  readonly input: number;
}

/** An image of the usual size, made of another. */
const usual: Megapixels = { output: 1, input: 1 };

/** In pixels: the largest input that we send. */
export const MOST_INPUT_PIXELS = 20_000_000;

/**
 * What the service may count, at most. A million pixels are a megapixel here, and 1024 by 1024 are more
 * than that; without a ratio the output has the shape of the input, and up to 4 x 1024 x 1024 pixels.
 */
function mostMegapixels(hasRatio: boolean): Megapixels {
  return { output: hasRatio ? 2 : 5, input: MOST_INPUT_PIXELS / 1_000_000 };
}

/**
 * What an edit costs. The size of the input is not known before the file is read: the list price is that
 * of the usual size, the bound that of the largest.
 *
 * @param hasRatio Whether the request says which shape the output has.
 */
export function priceOfEdit(hasRatio: boolean, model: string = DEFAULT_MODEL): Price {
  const most = mostMegapixels(hasRatio);
  const own = Object.hasOwn(prices, model) ? prices[model] : undefined;
  const candidates = own ? [own] : Object.values(prices);
  return {
    model,
    listUsd: Math.max(...candidates.map((price) => usdOf(price, usual))),
    mostUsd: Math.max(...candidates.map((price) => usdOf(price, most))),
  };
}

function usdOf(price: ImagePrice | MegapixelPrice, { output, input }: Megapixels): number {
  if ("image" in price) return price.image;
  const { first, further, mostInAll = Infinity } = price;
  // Input and output are rounded up each by itself, and its megapixels may be the larger ones.
  const billed = Math.min(output + input, mostInAll + 2);
  return first + further * (billed - 1);
}
