import { look } from "../inputs/look.ts";
import type { ImageLook, Look } from "../inputs/looked_at.ts";
import type { AssetLimits } from "../providers/provider_operation.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import { invalidAsset, type LocatedAsset } from "./input_assets.ts";
import { refusedKind, type Taker } from "./input_words.ts";

/** An input file that may be used, by the field that names it. */
export interface CheckedAsset {
  readonly field: string;
  readonly input: CheckedInput;
  readonly look: Look;
}

export interface CheckedImage extends CheckedAsset {
  readonly look: ImageLook;
}

export function isImage(file: CheckedAsset): file is CheckedImage {
  return file.look.found === "image";
}

/** Looks up a file and into it. Throws an `invalid_asset` unless the user may read it and it is taken. */
export async function checkAsset(
  { field, object }: LocatedAsset,
  taker: Taker & Pick<AssetLimits, "maxBytes">,
  userId: string,
  lookup: AssetLookup,
): Promise<CheckedAsset> {
  const version = await lookup.find(object, userId);
  if (!version) throw invalidAsset(field, "No such file, or not yours to read; upload it first");
  const { bytes } = version;
  if (bytes > taker.maxBytes) {
    throw invalidAsset(field, `Has ${bytes} bytes; at most ${taker.maxBytes} are possible`);
  }
  const input = { ...object, ...version };
  const found = await look(lookup.open(input));
  const refused = refusedKind(found, taker);
  if (refused !== undefined) throw invalidAsset(field, refused);
  return { field, input, look: found };
}
