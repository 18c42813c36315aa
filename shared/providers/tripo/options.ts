import { z } from "zod";
import {
  DEFAULT_MODEL,
  type Mapped,
  mapVersion,
  MAX_FACES,
  MIN_FACES,
  type ModelId,
  models,
  versionNames,
} from "./models.ts";
import type { TextureQuality } from "./prices.ts";

/** The order alone: the work itself is asked for later. */
export const MAX_CALL_SECONDS = 60;

/** A model without a texture, of the fastest line. */
export const LEAST_RUN_SECONDS = 10;

export const textureQuality = z.enum(["standard", "detailed"]).default("standard").describe(
  "Quality of the texture",
);
export const modelVersion = z.enum(versionNames).describe(
  "Version of the service's model; retired ones are mapped",
);
export const faceLimit = z.int().min(MIN_FACES).max(MAX_FACES)
  .describe("Most faces; what a model cannot make is mapped");

/** Of every call that makes a model. */
export const modelOptions = {
  texture: z.boolean().default(true).describe("Whether the model has a texture"),
  pbr: z.boolean().default(false).describe(
    "Whether the surface is physically based; needs a texture",
  ),
  texture_quality: textureQuality,
  model_version: modelVersion.default(DEFAULT_MODEL),
  face_limit: faceLimit.optional(),
  auto_size: z.boolean().default(false).describe("Scales to the size in the real world"),
};

type ModelOptions = z.output<z.ZodObject<typeof modelOptions>>;

/** Unknown fields are not sent, and defaults are not relied on. */
interface ModelFields {
  readonly model: ModelId;
  readonly texture: boolean;
  readonly pbr: boolean;
  readonly texture_quality?: TextureQuality;
  readonly face_limit?: number;
  readonly auto_size?: boolean;
}

/** As many faces as the model can make. */
export function mapFaceLimit(
  model: ModelId,
  limit: number | undefined,
): Mapped<number | undefined> {
  if (limit === undefined) return { value: undefined, warnings: [] };
  const { minFaces, maxFaces } = models[model];
  const value = Math.min(maxFaces, Math.max(minFaces, limit));
  if (value === limit) return { value, warnings: [] };
  const warning = `face_limit: ${model} makes ${minFaces} to ${maxFaces} faces; sent as ${value}`;
  return { value, warnings: [warning] };
}

/** The fields of a call that makes a model, and a warning for each that is not as it was asked for. */
export function mapModelOptions(options: ModelOptions): {
  readonly fields: ModelFields;
  readonly warnings: readonly string[];
} {
  const { texture, texture_quality, auto_size } = options;
  const model = mapVersion(options.model_version);
  const faces = mapFaceLimit(model.value, options.face_limit);
  const surface = mapSurface(texture, options.pbr);
  return {
    fields: {
      model: model.value,
      texture,
      pbr: surface.pbr,
      ...(texture && { texture_quality }),
      ...(faces.value !== undefined && { face_limit: faces.value }),
      // For a model with a surface only.
      ...(auto_size && texture && { auto_size }),
    },
    warnings: [
      ...model.warnings,
      ...faces.warnings,
      ...surface.warnings,
      ...(auto_size && !texture ? ["auto_size: needs a texture; ignored"] : []),
    ],
  };
}

/** At the service `pbr` forces a texture, and is on unless it is sent. */
function mapSurface(
  texture: boolean,
  pbr: boolean,
): { readonly pbr: boolean; readonly warnings: readonly string[] } {
  if (texture || !pbr) return { pbr, warnings: [] };
  return { pbr: false, warnings: ["pbr: needs a texture; sent as false"] };
}
