import { parseAssetAddress } from "../assets/asset_address.ts";
import type { FindAsset } from "../assets/find_asset.ts";
import { ApiError } from "../contract/errors.ts";
import { operations } from "../contract/operations.ts";
import type { AssetLimits } from "../providers/provider.ts";
import type { GenerationCommand } from "./command.ts";

/** Throws an `invalid_asset` that names the field, what is wrong with its file and what to do. */
export type CheckAssets = (command: GenerationCommand, userId: string) => Promise<void>;

/**
 * Looks at every input file of a command before anything is queued: it must lie in the project's own
 * Storage, be the user's to read, and be what the provider takes.
 */
export function createCheckAssets(
  findAsset: FindAsset,
  projectUrls: readonly string[],
): CheckAssets {
  async function checkOne(
    field: string,
    address: unknown,
    { mediaTypes, maxBytes }: AssetLimits,
    userId: string,
  ): Promise<void> {
    const location = parseAssetAddress(String(address), projectUrls);
    if (!location) {
      throw refusal(field, "Must be the address of a file in this project's Storage");
    }
    const facts = await findAsset(location, userId);
    if (!facts) {
      throw refusal(field, "No such file, or not yours to read; upload it before the request");
    }
    if (!mediaTypes.includes(facts.mediaType)) {
      throw refusal(field, `Is ${facts.mediaType}; must be ${mediaTypes.join(", ")}`);
    }
    if (facts.bytes > maxBytes) {
      throw refusal(field, `Has ${facts.bytes} bytes; at most ${maxBytes} are possible`);
    }
  }

  return async ({ operation, parameters, assetLimits }, userId) => {
    if (!assetLimits) return;
    for (const field of operations[operation].assets) {
      await checkOne(field, parameters[field], assetLimits, userId);
    }
  };
}

function refusal(field: string, message: string): ApiError {
  return new ApiError("invalid_asset", `${field}: ${message}`, { details: [{ field, message }] });
}
