import { type Operation, operations } from "../contract/operations.ts";
import { seenSize } from "../inputs/seen_size.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import { brokenImageLimit, pixelsOf } from "./image_limits.ts";
import { checkAsset, type CheckedImage, isImage } from "./check_asset.ts";
import { checkMask } from "./check_mask.ts";
import { invalidAsset, type LocatedCommand } from "./input_assets.ts";
import { imageWarnings } from "./input_warnings.ts";

/** What came of the check of a command's input files. */
export interface CheckedAssets {
  /** The files as they are now: what the worker is to read. */
  readonly inputs: readonly CheckedInput[];
  /** What the client should know of them, though they are taken. */
  readonly warnings: readonly string[];
}

/**
 * Checks every input file of a command before anything is queued: the user must be allowed to read
 * it, and the provider must take it. Throws an `invalid_asset` that names the field, what is wrong with
 * its file and what to do.
 */
export async function checkInputAssets(
  { command, assets }: LocatedCommand,
  userId: string,
  lookup: AssetLookup,
): Promise<CheckedAssets> {
  const { operation, provider, assetLimits } = command;
  if (!assetLimits) return { inputs: [], warnings: [] };
  const { mask: maskField }: Operation = operations[operation];
  const taker = { provider, ...assetLimits };
  const maskTaker = { ...taker, mediaTypes: ["image/png"], use: " as a mask" };
  const files = await Promise.all(
    assets.map((asset) =>
      checkAsset(asset, asset.field === maskField ? maskTaker : taker, userId, lookup)
    ),
  );
  const images = files.filter(isImage);
  for (const image of images) checkSize(image, assetLimits);
  const warnings = images.flatMap(({ field, look }) =>
    imageWarnings(look, provider, assetLimits).map((words) => `${field}: ${words}`)
  );
  const mask = images.find(({ field }) => field === maskField);
  const image = images.find(({ field }) => field !== maskField);
  if (!mask || !image) return { inputs: files.map(({ input }) => input), warnings };
  const checked = await checkMask(mask, image, lookup);
  return { inputs: [image.input, checked.input], warnings: [...warnings, ...checked.warnings] };
}

function checkSize({ field, look }: CheckedImage, { image = {} }: AssetLimits): void {
  const size = seenSize(look);
  const broken = brokenImageLimit(size, image);
  if (broken !== undefined) throw invalidAsset(field, `Is ${pixelsOf(size)} pixels; ${broken}`);
}
