/**
 * How large a picture becomes.
 *
 * Source: https://docs.bfl.ai/flux_2/flux2_overview and `kontext` beside it
 *
 * @module
 */

export interface Size {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
}

export const MEGAPIXEL = 1024 * 1024;
/** Sides are multiples of this. */
const GRID = 16;
/** Width to height; the other bound is its reciprocal. */
const WIDEST = 21 / 9;

/** Whether a text is a ratio that is taken: any, not one of a list. */
export function isKnownRatio(text: string): boolean {
  const ratio = parseRatio(text);
  return ratio !== undefined && ratio <= WIDEST && ratio >= 1 / WIDEST;
}

/** Width to height; undefined when the text is none, for example `16:9`. */
export function parseRatio(text: string): number | undefined {
  const [, width, height] = /^([1-9]\d*):([1-9]\d*)$/.exec(text) ?? [];
  return width === undefined ? undefined : Number(width) / Number(height);
}

export function ratioOf({ width, height }: Size): number {
  return width / height;
}

/** About one megapixel in this shape, or the nearest shape that the service makes. */
export function fitMegapixel(ratio: number): Size {
  const shape = Math.min(Math.max(ratio, 1 / WIDEST), WIDEST);
  const toGrid = (length: number): number => GRID * Math.round(length / GRID);
  const width = Math.sqrt(MEGAPIXEL * shape);
  return { width: toGrid(width), height: toGrid(width / shape) };
}

/** Two decimals, as the service reports it. */
export function toMegapixels(sizes: readonly Size[]): number {
  const pixels = sizes.reduce((sum, { width, height }) => sum + width * height, 0);
  return Math.round(100 * pixels / MEGAPIXEL) / 100;
}
