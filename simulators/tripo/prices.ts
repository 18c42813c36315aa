/**
 * Prices in credits.
 *
 * Source: https://developers.tripo3d.ai/en/docs/billing
 *
 * @module
 */
import type { GenerationFields, TextureFields } from "./fields.ts";
import type { GenerationModel } from "./models.ts";

const shapes: Readonly<
  Record<GenerationModel["line"], { readonly fromText: number; readonly fromImages: number }>
> = {
  H: { fromText: 10, fromImages: 20 },
  P1: { fromText: 30, fromImages: 40 },
  P2: { fromText: 100, fromImages: 100 },
};

const SURFACE = 10;
const finerSurfaces = { standard: 0, fast: 0, detailed: 10, extreme: 20 } as const;
const FINER_SHAPE = 20;
const LOW_POLY = 10;

/** What a new model costs. */
export function priceGeneration(
  fields: GenerationFields,
  { line }: GenerationModel,
  source: "fromText" | "fromImages",
): number {
  return shapes[line][source] +
    (fields.texture || fields.pbr ? SURFACE + finerSurfaces[fields.texture_quality] : 0) +
    (fields.geometry_quality === "detailed" ? FINER_SHAPE : 0) +
    (fields.smart_low_poly === true ? LOW_POLY : 0);
}

/** What a new surface costs: twice as much where only `pbr` asks for it, as bills have shown. */
export function priceTexture({ texture, texture_quality }: TextureFields): number {
  return (texture ? 1 : 2) * (SURFACE + finerSurfaces[texture_quality]);
}
