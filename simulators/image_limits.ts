/**
 * How large and how long a picture may be that is handed in.
 *
 * @module
 */
import type { ImageFacts } from "./image_file.ts";

/** What is absent is not limited. */
export interface ImageLimits {
  /** In pixels. */
  readonly minimumSide?: number;
  /** In pixels. */
  readonly maximumSide?: number;
  /** Width times height. */
  readonly minimumPixels?: number;
  /** Width times height. */
  readonly maximumPixels?: number;
  /** Of the longer side to the shorter. */
  readonly maximumRatio?: number;
}

/** What is wrong with a picture's size, in words; undefined if nothing is. */
export function findBrokenLimit(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  limits: ImageLimits,
): string | undefined {
  const longer = Math.max(width, height);
  const shorter = Math.min(width, height);
  const pixels = width * height;
  const {
    minimumSide = 0,
    maximumSide = Infinity,
    minimumPixels = 0,
    maximumPixels = Infinity,
    maximumRatio = Infinity,
  } = limits;
  if (shorter < minimumSide) return `width and height must be at least ${minimumSide} pixels`;
  if (longer > maximumSide) return `width and height must be at most ${maximumSide} pixels`;
  if (pixels < minimumPixels) return `must have at least ${minimumPixels} pixels`;
  if (pixels > maximumPixels) return `must have at most ${maximumPixels} pixels`;
  if (longer > maximumRatio * shorter) {
    return `aspect ratio must lie between 1:${maximumRatio} and ${maximumRatio}:1`;
  }
  return undefined;
}
