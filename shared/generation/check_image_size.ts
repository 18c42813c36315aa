import type { ImageSize } from "../image_size.ts";
import type { ImageLimits } from "../providers/provider_operation.ts";
import { assetRefusal } from "./locate_assets.ts";

/** Throws an `invalid_asset` that names the field, its size in pixels and the limit it breaks. */
export function checkImageSize(field: string, size: ImageSize, limits: ImageLimits): void {
  const { width, height } = size;
  const broken = brokenLimit(Math.min(width, height), Math.max(width, height), limits);
  if (broken) throw assetRefusal(field, `Is ${width}x${height} pixels; ${broken}`);
}

function brokenLimit(
  shorter: number,
  longer: number,
  { minSide, maxSide, minPixels, maxPixels, maxRatio }: ImageLimits,
): string | undefined {
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
