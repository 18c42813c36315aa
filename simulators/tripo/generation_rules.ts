/**
 * What the fields of a new model must fulfil together.
 *
 * Source: https://developers.tripo3d.ai/en/docs/generation-text-to-model/standard and `/p`
 *
 * @module
 */
import { type ErrorName, TripoError } from "./errors.ts";
import type { GenerationFields } from "./fields.ts";
import { findGenerationModel, type GenerationModel, NEWEST_TEXTURE_MODEL } from "./models.ts";

/**
 * Looks up the model that the fields name.
 *
 * @throws TripoError when it cannot do what the fields ask.
 */
export function checkGeneration(fields: GenerationFields): GenerationModel {
  const model = findGenerationModel(fields.model);
  const surplus = model.withoutFields.find((name) => fields[name] !== undefined);
  if (surplus !== undefined) {
    throw new TripoError("invalid_parameter", `${surplus}: '${fields.model}' does not have it`);
  }
  const rule = rules.find(({ isBroken }) => isBroken(fields, model));
  if (rule !== undefined) throw new TripoError(rule.error ?? "invalid_parameter", rule.message);
  return model;
}

interface Rule {
  readonly isBroken: (fields: GenerationFields, model: GenerationModel) => boolean;
  readonly message: string;
  /** Default: `invalid_parameter`. */
  readonly error?: ErrorName;
}

const LOW_POLY_FACES = { minimum: 500, maximum: 20_000 };

const rules: readonly Rule[] = [
  {
    isBroken: ({ face_limit, geometry_quality }, model) => {
      const { minimumFaces, maximumFaces, maximumDetailedFaces = maximumFaces } = model;
      const maximum = geometry_quality === "detailed" ? maximumDetailedFaces : maximumFaces;
      return face_limit !== undefined && (face_limit < minimumFaces || face_limit > maximum);
    },
    message: "face_limit: out of the model's range",
  },
  {
    isBroken: ({ smart_low_poly, face_limit = 0 }) =>
      smart_low_poly === true &&
      (face_limit < LOW_POLY_FACES.minimum || face_limit > LOW_POLY_FACES.maximum),
    message: "smart_low_poly: needs a face_limit from 500 to 20000",
  },
  {
    isBroken: ({ texture_quality, texture_version }) =>
      texture_quality === "fast" && texture_version !== NEWEST_TEXTURE_MODEL,
    message: `texture_quality: 'fast' needs texture_version '${NEWEST_TEXTURE_MODEL}'`,
  },
  {
    isBroken: (fields) => fields.auto_size && !hasSurface(fields),
    message: "auto_size: needs a texture",
  },
  {
    isBroken: (fields) => fields["orientation"] === "align_image" && !hasSurface(fields),
    message: "orientation: needs a texture",
  },
  {
    isBroken: (fields) => fields.generate_parts === true && hasSurface(fields),
    message: "generate_parts: needs texture and pbr to be false",
  },
  {
    isBroken: ({ quad, generate_parts, compress }) =>
      quad === true || generate_parts === true || compress !== undefined,
    message: "quad, generate_parts and compress are not simulated",
    error: "not_simulated",
  },
];

/** `pbr` forces `texture`. */
export function hasSurface({ texture, pbr }: GenerationFields): boolean {
  return texture || pbr;
}
