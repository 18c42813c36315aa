import type { Price } from "../prices.ts";
import type { ModelId } from "./models.ts";

// Tripo's billing page and the bills of 413 live calls that others compared with it in 2026-09, read
// 2026-11. The bill is in the answer.

export const USD_PER_CREDIT = 0.01;

/** A line of models, in USD. */
interface LinePrices {
  readonly fromText: number;
  readonly fromImages: number;
  /** Added for a detailed texture; the list has no price of it for every line. */
  readonly detailed?: number;
}

const H: LinePrices = { fromText: 0.1, fromImages: 0.2, detailed: 0.1 };
const P1: LinePrices = { fromText: 0.3, fromImages: 0.4, detailed: 0.1 };
const P2: LinePrices = { fromText: 1, fromImages: 1 };

const lines: Readonly<Record<ModelId, LinePrices>> = {
  "v3.1-20260211": H,
  "v3.0-20250812": H,
  "v2.5-20250123": H,
  "P1-20260311": P1,
  "P2-20260801": P2,
};

/** Added for a texture, of any line. */
const TEXTURE_USD = 0.1;

/** Added for the best texture, of any line: what a better one costs at most. */
const EXTREME_USD = 0.2;

/** A new surface for a model that is there; without `texture` it is billed twice, and never asked for. */
const SURFACE_USD = { standard: 0.1, detailed: 0.2 };

export type TextureQuality = keyof typeof SURFACE_USD;

interface NewModel {
  readonly model: ModelId;
  readonly texture: boolean;
  readonly texture_quality?: TextureQuality;
}

/** A model, from words or from images. Faces, size and orientation cost nothing. */
export function priceOfModel(
  { model, texture, texture_quality }: NewModel,
  source: "fromText" | "fromImages",
): Price {
  const { [source]: shape, detailed } = lines[model];
  const isDetailed = texture && texture_quality === "detailed";
  const usd = shape + (texture ? TEXTURE_USD : 0);
  return {
    model,
    listUsd: usd + (isDetailed ? detailed ?? 0 : 0),
    mostUsd: usd + (isDetailed ? detailed ?? EXTREME_USD : 0),
  };
}

interface NewSurface {
  readonly model: string;
  readonly texture_quality: TextureQuality;
}

/** A new surface, by whichever model. */
export function priceOfSurface({ model, texture_quality }: NewSurface): Price {
  return { model, listUsd: SURFACE_USD[texture_quality] };
}
