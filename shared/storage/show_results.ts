import { assetAddress, type AssetLocation, parseAssetAddress } from "./asset_url.ts";
import type { SignAssets } from "./sign_assets.ts";

/**
 * Addresses of results as an app can use them now, in order.
 *
 * @param stored As they are in the task's row, whichever way the bucket was when it was written.
 * @param authorization The header that the caller, whose task it is, came with.
 */
export type ShowResults = (stored: readonly string[], authorization: string) => Promise<string[]>;

export interface ResultSettings {
  /** Addresses the project is known under, the one that apps use first. */
  readonly projectUrls: readonly [string, ...string[]];
  /** Whether everybody who has the address of a result may read it. */
  readonly isPublic: boolean;
}

export function createShowResults(
  { projectUrls, isPublic }: ResultSettings,
  signAssets: SignAssets,
): ShowResults {
  const [publicUrl] = projectUrls;

  async function sign(
    locations: readonly AssetLocation[],
    authorization: string,
  ): Promise<ReadonlyMap<string, string>> {
    // Results of one task are stored together, so in one bucket.
    const [first] = locations;
    if (isPublic || !first) return new Map();
    return await signAssets(first.bucket, locations.map(({ path }) => path), authorization);
  }

  return async (stored, authorization) => {
    const located = stored.map((address) => parseAssetAddress(address, projectUrls));
    const signed = await sign(located.filter((location) => location !== undefined), authorization);
    return located.map((location, index) => {
      // Of a project that has been known under another address since: it is what it was.
      if (!location) return stored[index] ?? "";
      // One that has been removed keeps its place, and an address under which nothing is found.
      return signed.get(location.path) ??
        assetAddress(publicUrl, location, isPublic ? "public" : "authenticated");
    });
  };
}
