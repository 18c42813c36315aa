import { ApiError } from "../contract/errors.ts";
import { type Operation, operations } from "../contract/operations.ts";
import type { ImageSize } from "../image_size.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";
import type { AssetFacts, AssetLookup } from "../storage/asset_lookup.ts";
import { assetUrl, parseAssetUrl, type StorageObject } from "../storage/asset_url.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import type { GenerationCommand } from "./command.ts";
import { brokenImageLimit } from "./image_limits.ts";

/** An input file of a command, by the field that names it. */
export interface LocatedAsset {
  /** With its index, if the field is a list: `input_image_asset_urls[1]`. */
  readonly field: string;
  readonly object: StorageObject;
}

/** A command that names its input files by one form of URL only, without a token. */
export interface LocatedCommand {
  readonly command: GenerationCommand;
  readonly assets: readonly LocatedAsset[];
}

type Parameter = GenerationCommand["parameters"][string];

/**
 * Finds out which files a command names. An app signs a URL anew each time it asks: written in one
 * form, the same request stays the same request, and no token is kept. Throws an `invalid_asset` for
 * any other URL.
 *
 * @param projectUrls URLs the project is known under; the first is the one that is kept.
 */
export function locateInputAssets(
  command: GenerationCommand,
  projectUrls: readonly [string, ...string[]],
): LocatedCommand {
  const assets: LocatedAsset[] = [];

  function locate(field: string, value: Parameter | undefined): Parameter {
    if (Array.isArray(value)) {
      return value.map((entry, index) => locate(`${field}[${index}]`, entry));
    }
    // A view that is not there.
    if (value === null || value === undefined || value === "") return null;
    const object = parseAssetUrl(String(value), projectUrls);
    if (!object) {
      throw invalidAsset(field, "Must be the URL of a file in this project's Storage");
    }
    assets.push({ field, object });
    return assetUrl(projectUrls[0], object);
  }

  const urls = operations[command.operation].assets.map((field) => [
    field,
    locate(field, command.parameters[field]),
  ]);
  const parameters = { ...command.parameters, ...Object.fromEntries(urls) };
  return { command: { ...command, parameters }, assets };
}

/**
 * Checks every input file of a command before anything is queued: the user must be allowed to read
 * it, and the provider must take it. Returns the files as they are now: what the worker is to read.
 * Throws an `invalid_asset` that names the field, what is wrong with its file and what to do.
 */
export async function checkInputAssets(
  { command: { operation, assetLimits }, assets }: LocatedCommand,
  userId: string,
  lookup: AssetLookup,
): Promise<readonly CheckedInput[]> {
  if (!assetLimits) return [];
  const files = await Promise.all(
    assets.map((asset) => checkFile(asset, assetLimits, userId, lookup)),
  );
  const { sameSize }: Operation = operations[operation];
  if (assetLimits.image || sameSize) {
    await checkImageSizes(files, assetLimits, sameSize ?? false, lookup);
  }
  return files.map(({ input }) => input);
}

/** An input file that may be used, by the field that names it. */
interface CheckedAsset {
  readonly field: string;
  readonly input: CheckedInput;
}

async function checkFile(
  { field, object }: LocatedAsset,
  { mediaTypes, maxBytes }: AssetLimits,
  userId: string,
  lookup: AssetLookup,
): Promise<CheckedAsset> {
  const facts: AssetFacts | undefined = await lookup.find(object, userId);
  if (!facts) throw invalidAsset(field, "No such file, or not yours to read; upload it first");
  const { mediaType, bytes, ...versions } = facts;
  if (!mediaTypes.includes(mediaType)) {
    throw invalidAsset(field, `Is ${mediaType}; must be ${mediaTypes.join(", ")}`);
  }
  if (bytes === 0) throw invalidAsset(field, "The file is empty; upload it again");
  if (bytes > maxBytes) {
    throw invalidAsset(field, `Has ${bytes} bytes; at most ${maxBytes} are possible`);
  }
  return { field, input: { ...object, bytes, ...versions } };
}

async function checkImageSizes(
  files: readonly CheckedAsset[],
  { image = {} }: AssetLimits,
  sameSize: boolean,
  lookup: AssetLookup,
): Promise<void> {
  const sizes = await Promise.all(files.map(async ({ field, input }) => {
    const size = await lookup.readImageSize(input);
    if (!size) throw invalidAsset(field, "Is no image inside; upload another");
    return { field, size };
  }));
  const [first] = sizes;
  for (const { field, size } of sizes) {
    const broken = brokenImageLimit(size, image);
    if (broken) throw invalidAsset(field, `Is ${pixels(size)} pixels; ${broken}`);
    if (sameSize && first && pixels(size) !== pixels(first.size)) {
      throw invalidAsset(
        field,
        `Is ${pixels(size)}; must be ${pixels(first.size)} like the image`,
      );
    }
  }
}

function pixels({ width, height }: ImageSize): string {
  return `${width}x${height}`;
}

function invalidAsset(field: string, message: string): ApiError {
  return new ApiError("invalid_asset", `${field}: ${message}`, { details: [{ field, message }] });
}
