import type { ImageSize } from "../inputs/seen_size.ts";
import type { ImageLimits } from "../providers/provider_operation.ts";

/** What a client must change so that an image keeps to the limits; undefined if it does. */
export function brokenImageLimit(size: ImageSize, limits: ImageLimits): string | undefined {
  const rule = brokenRule(size, limits);
  return rule && `${rule}: ${remedyOf(size, limits)} before uploading`;
}

/** "1024x768", as every message writes it. */
export function pixelsOf({ width, height }: ImageSize): string {
  return `${width}x${height}`;
}

function brokenRule(
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

/** What to do, with the numbers for a picture of this shape. */
function remedyOf(size: ImageSize, limits: ImageLimits): string {
  const { minSide = 1, maxSide = Infinity, minPixels = 1, maxPixels = Infinity } = limits;
  const { maxRatio = Infinity } = limits;
  const isUpright = size.height > size.width;
  const shorter = Math.min(size.width, size.height);
  // Of a longer shape, nothing is large enough and small enough.
  const ratio = Math.min(maxRatio, maxSide / minSide, maxPixels / minSide ** 2);
  const longer = Math.min(Math.max(size.width, size.height), Math.floor(ratio * shorter));
  const least = Math.max(minSide / shorter, Math.sqrt(minPixels / (shorter * longer)));
  const most = Math.min(maxSide / longer, Math.sqrt(maxPixels / (shorter * longer)));
  const isTooSmall = least > 1;
  const scale = isTooSmall ? least : Math.min(1, most);
  const round = isTooSmall ? Math.ceil : Math.floor;
  const side = Math.max(minSide, round(shorter * scale));
  // Rounded, the sides must keep to the limits, too.
  const length = Math.min(round(longer * scale), maxSide, maxPixels / side, ratio * side);
  const result = [side, Math.floor(length)] as const;
  const [width, height] = isUpright ? result : [result[1], result[0]];
  const isCropped = longer < Math.max(size.width, size.height);
  const verbs = [...(isCropped ? ["crop"] : []), ...(scale === 1 ? [] : ["scale"])].join(" and ");
  const direction = isCropped ? "" : isTooSmall ? " up" : " down";
  const bound = isTooSmall ? "at least" : "at most";
  return `${verbs} it${direction} to ${bound} ${pixelsOf({ width, height })}`;
}
