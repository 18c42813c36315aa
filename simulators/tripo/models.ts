/**
 * The models that make shapes and those that make surfaces.
 *
 * Sources: https://developers.tripo3d.ai/en/docs/generation-text-to-model/standard,
 * https://developers.tripo3d.ai/en/docs/models-texture
 *
 * @module
 */
import { TripoError } from "./errors.ts";

export interface GenerationModel {
  /** What the price and the number of tasks at once depend on. */
  readonly line: "H" | "P1" | "P2";
  /** Bounds of `face_limit`. */
  readonly minimumFaces: number;
  readonly maximumFaces: number;
  /** With `geometry_quality: detailed`, where a model has it. */
  readonly maximumDetailedFaces?: number;
  /** Fields that must be absent, whatever their value. */
  readonly withoutFields: readonly string[];
}

const generationModels: Readonly<Record<string, GenerationModel>> = {
  "v3.1-20260211": {
    line: "H",
    minimumFaces: 100,
    maximumFaces: 1_500_000,
    maximumDetailedFaces: 2_000_000,
    withoutFields: [],
  },
  "v3.0-20250812": {
    line: "H",
    minimumFaces: 100,
    maximumFaces: 1_000_000,
    maximumDetailedFaces: 2_000_000,
    withoutFields: [],
  },
  "v2.5-20250123": {
    line: "H",
    minimumFaces: 100,
    maximumFaces: 500_000,
    withoutFields: ["geometry_quality"],
  },
  "P1-20260311": {
    line: "P1",
    minimumFaces: 48,
    maximumFaces: 20_000,
    withoutFields: ["quad", "smart_low_poly", "generate_parts", "geometry_quality"],
  },
  "P2-20260801": {
    line: "P2",
    minimumFaces: 48,
    maximumFaces: 50_000,
    withoutFields: ["smart_low_poly", "generate_parts", "geometry_quality"],
  },
};

const retiredModels = [
  "v2.0-20240919",
  "v1.4-20240625",
  "v1.3-20240522",
  "Turbo-v1.0-20250506",
  "default",
];

/** The texture model that alone knows `delight` and the quality `fast`. */
export const NEWEST_TEXTURE_MODEL = "v3.5-20260815";
export const DEFAULT_TEXTURE_MODEL = "v3.0-20250812";
export const textureModels = [
  NEWEST_TEXTURE_MODEL,
  DEFAULT_TEXTURE_MODEL,
  "v2.5-20250123",
] as const;

/**
 * Looks a model up.
 *
 * @throws TripoError when it is retired or unknown.
 */
export function findGenerationModel(name: string): GenerationModel {
  refuseRetired(name);
  const model = Object.hasOwn(generationModels, name) ? generationModels[name] : undefined;
  if (model === undefined) throw new TripoError("invalid_parameter", `model: unknown '${name}'`);
  return model;
}

/** @throws TripoError when the model is one of the past. */
export function refuseRetired(name: string): void {
  if (retiredModels.includes(name)) throw new TripoError("version_deprecated");
}
