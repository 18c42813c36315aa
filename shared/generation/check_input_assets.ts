import { type Operation, operations } from "../contract/operations.ts";
import { look } from "../inputs/look.ts";
import type { ImageLook, Look } from "../inputs/looked_at.ts";
import { seenSize } from "../inputs/seen_size.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import { brokenImageLimit, pixelsOf } from "./image_limits.ts";
import { invalidAsset, type LocatedAsset, type LocatedCommand } from "./input_assets.ts";
import { refusedKind } from "./input_words.ts";
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
  const files = await Promise.all(
    assets.map((asset) => checkFile(asset, provider, assetLimits, userId, lookup)),
  );
  const images = files.filter(isImage);
  for (const image of images) checkSize(image, assetLimits);
  const { mask }: Operation = operations[operation];
  if (mask !== undefined) checkMask(images, mask);
  const warnings = images.flatMap(({ field, look }) =>
    imageWarnings(look, provider, assetLimits).map((words) => `${field}: ${words}`)
  );
  return { inputs: files.map(({ input }) => input), warnings };
}

/** An input file that may be used, by the field that names it. */
interface CheckedAsset {
  readonly field: string;
  readonly input: CheckedInput;
  readonly look: Look;
}

interface CheckedImage extends CheckedAsset {
  readonly look: ImageLook;
}

function isImage(file: CheckedAsset): file is CheckedImage {
  return file.look.found === "image";
}

async function checkFile(
  { field, object }: LocatedAsset,
  provider: string,
  limits: AssetLimits,
  userId: string,
  lookup: AssetLookup,
): Promise<CheckedAsset> {
  const version = await lookup.find(object, userId);
  if (!version) throw invalidAsset(field, "No such file, or not yours to read; upload it first");
  const { bytes } = version;
  if (bytes > limits.maxBytes) {
    throw invalidAsset(field, `Has ${bytes} bytes; at most ${limits.maxBytes} are possible`);
  }
  const input = { ...object, ...version };
  const found = await look(lookup.open(input));
  const refused = refusedKind(found, provider, limits);
  if (refused !== undefined) throw invalidAsset(field, refused);
  return { field, input, look: found };
}

function checkSize({ field, look }: CheckedImage, { image = {} }: AssetLimits): void {
  const size = seenSize(look);
  const broken = brokenImageLimit(size, image);
  if (broken !== undefined) throw invalidAsset(field, `Is ${pixelsOf(size)} pixels; ${broken}`);
}

/** A mask lies on the picture pixel by pixel, so both must be stored as they are seen. */
function checkMask(files: readonly CheckedImage[], maskField: string): void {
  for (const { field, look } of files) {
    if (look.orientation === 1) continue;
    throw invalidAsset(
      field,
      `Is stored turned (EXIF orientation ${look.orientation}), so that a mask may lie wrong: save ` +
        `it upright, ${
          pixelsOf(seenSize(look))
        } as it is seen, and the mask as large, before uploading`,
    );
  }
  const mask = files.find(({ field }) => field === maskField);
  const image = files.find(({ field }) => field !== maskField);
  if (!mask || !image) return;
  const [size, wanted] = [pixelsOf(mask.look), pixelsOf(image.look)];
  if (size === wanted) return;
  throw invalidAsset(
    maskField,
    `Is ${size} pixels; must be ${wanted} like the image: draw or scale it to that before uploading`,
  );
}
