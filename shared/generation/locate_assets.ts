import { assetAddress, type AssetLocation, parseAssetAddress } from "../storage/asset_url.ts";
import { ApiError } from "../contract/errors.ts";
import { operations } from "../contract/operations.ts";
import type { GenerationCommand } from "./command.ts";

/** An input file of a command, by the field that names it. */
export interface LocatedAsset {
  /** With its place, if the field is a list: `input_image_asset_urls[1]`. */
  readonly field: string;
  readonly location: AssetLocation;
}

/** A command whose input files are named by one form of address only, without a token. */
export interface LocatedCommand {
  readonly command: GenerationCommand;
  readonly assets: readonly LocatedAsset[];
}

type Parameter = GenerationCommand["parameters"][string];

/**
 * Finds out which files a command names. An app signs an address anew each time it asks: written in
 * one form, the same request stays the same request, and no token is kept.
 *
 * @param projectUrls Addresses the project is known under; the first is the one that is kept.
 */
export function locateAssets(
  command: GenerationCommand,
  projectUrls: readonly [string, ...string[]],
): LocatedCommand {
  const assets: LocatedAsset[] = [];

  function locate(field: string, value: Parameter | undefined): Parameter {
    if (Array.isArray(value)) {
      return value.map((entry, place) => locate(`${field}[${place}]`, entry));
    }
    // A view that is not there.
    if (value === null || value === undefined || value === "") return null;
    const location = parseAssetAddress(String(value), projectUrls);
    if (!location) {
      throw assetRefusal(field, "Must be the address of a file in this project's Storage");
    }
    assets.push({ field, location });
    return assetAddress(projectUrls[0], location);
  }

  const addresses = operations[command.operation].assets.map((field) => [
    field,
    locate(field, command.parameters[field]),
  ]);
  const parameters = { ...command.parameters, ...Object.fromEntries(addresses) };
  return { command: { ...command, parameters }, assets };
}

/** An `invalid_asset` that names the field. */
export function assetRefusal(field: string, message: string): ApiError {
  return new ApiError("invalid_asset", `${field}: ${message}`, { details: [{ field, message }] });
}
