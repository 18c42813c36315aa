import type { ImageSize } from "../image_size.ts";
import type { ImageLimits } from "../providers/provider_operation.ts";

/** What a client must change so that an image keeps to the limits; undefined if it does. */
export function brokenImageLimit(
  { width, height }: ImageSize,
  { minSide, maxSide, minPixels, maxPixels, maxRatio }: ImageLimits,
): string | undefined {
  const shorter = Math.min(width, height);
  const longer = Math.max(width, height);
  const pixels = shorter * longer;
  if (minSide !== undefined && shorter < minSide) return `each side must have at least ${minSide}`;
  if (maxSide !== undefined && longer > maxSide) return `no side may have more than ${maxSide}`;
  if (minPixels !== undefined && pixels < minPixels) {
    return `width times height must be at least ${minPixels}`;
  }
  if (maxPixels !== undefined && pixels > maxPixels) {
    return `width times height may be at most ${maxPixels}`;
  }
  if (maxRatio !== undefined && longer > maxRatio * shorter) {
    return `the longer side may be at most ${maxRatio} times the shorter`;
  }
}
