import type { GenerationCommand } from "../generation/command.ts";
import type { LocatedAsset, LocatedCommand } from "../generation/input_assets.ts";
import type { AssetLookup } from "../storage/asset_lookup.ts";

/** What is checked of a request, by the field that holds it. */
export interface ModeratedText {
  readonly field: string;
  readonly text: string;
}

/**
 * The fields in whose words a user may ask for something. Not `negative_prompt`: who names there what
 * is to be avoided asks for the opposite.
 */
export const MODERATED_FIELDS = ["prompt", "select_prompt", "style", "substyle"] as const;

export function moderatedTexts({ parameters }: GenerationCommand): ModeratedText[] {
  return MODERATED_FIELDS.flatMap((field) => {
    const text = parameters[field];
    return typeof text === "string" && text !== "" ? [{ field, text }] : [];
  });
}

/** An image among the inputs; a 3D model cannot be looked at. */
export interface ModeratedImage extends LocatedAsset {
  readonly bytes: number;
}

/** The images that a command names, each once; the user may read them, as was checked before. */
export async function moderatedImages(
  { command, assets }: LocatedCommand,
  userId: string,
  lookup: Pick<AssetLookup, "find">,
): Promise<ModeratedImage[]> {
  const isModel = command.assetLimits?.mediaTypes.every((type) => type.startsWith("model/"));
  if (isModel) return [];
  const distinct = new Map(assets.map((asset) => [JSON.stringify(asset.object), asset]));
  const images = await Promise.all([...distinct.values()].map(async (asset) => {
    const facts = await lookup.find(asset.object, userId);
    return facts ? [{ ...asset, bytes: facts.bytes }] : [];
  }));
  return images.flat();
}
