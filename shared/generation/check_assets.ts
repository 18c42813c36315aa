import type { AssetFacts, FindAsset } from "../storage/find_asset.ts";
import type { ReadImageSize } from "../storage/read_image_size.ts";
import { type Operation, operations } from "../contract/operations.ts";
import type { ImageSize } from "../image_size.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";
import { checkImageSize } from "./check_image_size.ts";
import { assetRefusal, type LocatedAsset, type LocatedCommand } from "./locate_assets.ts";

/**
 * Returns how many bytes the files of a command have together. Throws an `invalid_asset` that names the
 * field, what is wrong with its file and what to do.
 */
export type CheckAssets = (located: LocatedCommand, userId: string) => Promise<number>;

/**
 * Looks at every input file of a command before anything is queued: it must be the user's to read,
 * and be what the provider takes.
 */
export function createCheckAssets(
  findAsset: FindAsset,
  readImageSize: ReadImageSize,
): CheckAssets {
  async function checkOne(
    { field, location }: LocatedAsset,
    limits: AssetLimits,
    userId: string,
  ): Promise<number> {
    const facts = await findAsset(location, userId);
    if (!facts) throw assetRefusal(field, "No such file, or not yours to read; upload it first");
    checkFile(field, facts, limits);
    return facts.bytes;
  }

  async function sizeOf({ field, location }: LocatedAsset): Promise<ImageSize> {
    const size = await readImageSize(location);
    if (!size) throw assetRefusal(field, "Is no picture inside; upload another");
    return size;
  }

  return async ({ command: { operation, assetLimits }, assets }, userId) => {
    if (!assetLimits) return 0;
    const lengths = await Promise.all(
      assets.map((asset) => checkOne(asset, assetLimits, userId)),
    );
    const total = lengths.reduce((sum, length) => sum + length, 0);

    const { sameSize }: Operation = operations[operation];
    if (!assetLimits.image && !sameSize) return total;
    const sizes = await Promise.all(assets.map(sizeOf));
    for (const [index, { field }] of assets.entries()) {
      const [size, first] = [sizes[index], sizes[0]];
      if (!size || !first) continue;
      checkImageSize(field, size, assetLimits.image ?? {});
      if (sameSize) checkSameSize(field, size, first);
    }
    return total;
  };
}

function checkFile(
  field: string,
  { mediaType, bytes }: AssetFacts,
  { mediaTypes, maxBytes }: AssetLimits,
): void {
  if (!mediaTypes.includes(mediaType)) {
    throw assetRefusal(field, `Is ${mediaType}; must be ${mediaTypes.join(", ")}`);
  }
  if (bytes > maxBytes) {
    throw assetRefusal(field, `Has ${bytes} bytes; at most ${maxBytes} are possible`);
  }
}

function checkSameSize(field: string, { width, height }: ImageSize, first: ImageSize): void {
  if (width === first.width && height === first.height) return;
  const wanted = `${first.width}x${first.height}`;
  throw assetRefusal(field, `Is ${width}x${height}; must be ${wanted} like the image`);
}
