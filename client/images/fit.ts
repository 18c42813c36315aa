import { imageLimits } from "../generated/image_limits.ts";
import type { Purpose } from "../options.ts";

/** What an image is to be when it is uploaded. */
export interface Fit {
  /** The longer side, in pixels. */
  readonly maxSide: number;
  /** Width times height. */
  readonly maxPixels: number;
  readonly mediaTypes: readonly string[];
  /** Whether it is black and white, and edges must stay sharp. */
  readonly isMask: boolean;
}

interface Limits {
  readonly mediaTypes: readonly string[];
  readonly maxSide?: number;
  readonly maxPixels?: number;
}

/** It serves every model, and is quickly uploaded. */
const USUAL_SIDE = 2_048;

const known: Readonly<Record<string, Readonly<Record<string, Limits>>>> = imageLimits;

/** What a purpose takes; undefined where it takes no images. */
export function fitOf({ operation, provider, field }: Purpose): Fit | undefined {
  const limits = known[operation]?.[provider];
  if (!limits || field === "model") return undefined;
  return {
    maxSide: Math.min(USUAL_SIDE, limits.maxSide ?? Infinity),
    maxPixels: limits.maxPixels ?? Infinity,
    mediaTypes: limits.mediaTypes,
    isMask: field === "mask",
  };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size in which an image fits, of the same shape. A photo and its mask get the same. */
export function scaled({ width, height }: Size, { maxSide, maxPixels }: Fit): Size {
  const side = maxSide / Math.max(width, height);
  const area = Math.sqrt(maxPixels / (width * height));
  const scale = Math.min(1, side, area);
  return {
    width: Math.max(1, Math.floor(width * scale)),
    height: Math.max(1, Math.floor(height * scale)),
  };
}
