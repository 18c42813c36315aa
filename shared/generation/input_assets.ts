import { ApiError } from "../contract/errors.ts";
import { operations } from "../contract/operations.ts";
import { assetUrl, parseAssetUrl, type StorageObject } from "../storage/asset_url.ts";
import type { GenerationCommand } from "./command.ts";

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
    if (!object) throw invalidAsset(field, otherAddress(String(value), projectUrls[0]));
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

/** Storage's own way to another size: https://supabase.com/docs/guides/storage/serving/image-transformations */
const TRANSFORMED = "/storage/v1/render/image/";

function otherAddress(address: string, projectUrl: string): string {
  return address.includes(TRANSFORMED)
    ? "Is the address of a transformed image; send the file's own, without the transformation"
    : `Must be the URL of a file in this project's Storage, as ${projectUrl}/storage/v1/object/…`;
}

/** Our "no" to an input file, by the field that names it. */
export function invalidAsset(field: string, message: string): ApiError {
  return new ApiError("invalid_asset", `${field}: ${message}`, { details: [{ field, message }] });
}
