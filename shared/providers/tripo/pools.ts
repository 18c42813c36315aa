import type { ModelId } from "./models.ts";

/**
 * What Tripo counts tasks by that are under way at once, for the whole account
 * (https://developers.tripo3d.ai/en/docs/rate-limits; which models share one: as measured by others).
 */
export const pools = ["generation", "p-models", "texture"] as const;

type Pool = (typeof pools)[number];

/** Where textures are made, whatever made the model. */
export const TEXTURE_POOL: Pool = "texture";

/** The low-poly line has few places of its own. */
export function generationPool(model: ModelId): Pool {
  return model.startsWith("P") ? "p-models" : "generation";
}
