import type { FindAsset } from "../assets/find_asset.ts";
import { assetRefusal, type LocatedCommand } from "./locate_assets.ts";

/** Throws an `invalid_asset` that names the field, what is wrong with its file and what to do. */
export type CheckAssets = (located: LocatedCommand, userId: string) => Promise<void>;

/**
 * Looks at every input file of a command before anything is queued: it must be the user's to read,
 * and be what the provider takes.
 */
export function createCheckAssets(findAsset: FindAsset): CheckAssets {
  return async ({ command: { assetLimits }, assets }, userId) => {
    for (const { field, location } of assets) {
      const facts = await findAsset(location, userId);
      if (!facts) {
        throw assetRefusal(field, "No such file, or not yours to read; upload it first");
      }
      if (!assetLimits) continue;
      const { mediaTypes, maxBytes } = assetLimits;
      if (!mediaTypes.includes(facts.mediaType)) {
        throw assetRefusal(field, `Is ${facts.mediaType}; must be ${mediaTypes.join(", ")}`);
      }
      if (facts.bytes > maxBytes) {
        throw assetRefusal(field, `Has ${facts.bytes} bytes; at most ${maxBytes} are possible`);
      }
    }
  };
}
