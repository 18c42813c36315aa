import { Buffer } from "node:buffer";
import { lookAtMask, MAX_MASK_PIXELS } from "../inputs/mask/look_at_mask.ts";
import { seenSize } from "../inputs/seen_size.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import type { CheckedImage } from "./check_asset.ts";
import { brokenImageLimit, pixelsOf } from "./image_limits.ts";
import { invalidAsset } from "./input_assets.ts";

/** A mask that may be used. */
export interface CheckedMask {
  /** With the mended mask, if one is to be sent in its place. */
  readonly input: CheckedInput;
  readonly warnings: readonly string[];
}

/**
 * Checks that a mask lies on its image, and that every pixel of it is black or white; greys at edges and
 * transparency are mended. Throws an `invalid_asset` if it cannot be used.
 */
export async function checkMask(
  mask: CheckedImage,
  image: CheckedImage,
  lookup: AssetLookup,
): Promise<CheckedMask> {
  for (const file of [image, mask]) checkUpright(file);
  checkSize(mask, image);
  const { field, input } = mask;
  const found = await lookAtMask(lookup.open(input));
  if (found.found === "unusable") throw invalidAsset(field, found.words);
  if (found.found === "good") return { input, warnings: [] };
  if (input.bucket === image.input.bucket && input.path === image.input.path) {
    throw invalidAsset(field, "Is the image itself; upload a mask of its own");
  }
  return {
    input: { ...input, mended: Buffer.from(found.png).toString("base64") },
    warnings: found.changes.map((change) => `${field}: ${change}`),
  };
}

/** A mask lies on the picture pixel by pixel, so both must be stored as they are seen. */
function checkUpright({ field, look }: CheckedImage): void {
  const { orientation } = look;
  if (orientation === 1) return;
  throw invalidAsset(
    field,
    `Is stored turned (EXIF orientation ${orientation}), so that a mask may lie wrong: save it ` +
      `upright, ${pixelsOf(seenSize(look))} as it is seen, and the mask as large, before uploading`,
  );
}

function checkSize({ field, look }: CheckedImage, image: CheckedImage): void {
  const [size, wanted] = [pixelsOf(look), pixelsOf(image.look)];
  if (size !== wanted) {
    const remedy = "draw or scale it to that before uploading";
    throw invalidAsset(field, `Is ${size} pixels; must be ${wanted} like the image: ${remedy}`);
  }
  const broken = brokenImageLimit(look, { maxPixels: MAX_MASK_PIXELS });
  if (broken === undefined) return;
  throw invalidAsset(field, `Is ${size} pixels; of a mask, ${broken}, and the image as well`);
}
