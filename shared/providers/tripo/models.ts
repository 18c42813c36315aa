/** Tripo's generation models: https://developers.tripo3d.ai/en/docs/ */

interface ModelFacts {
  readonly minFaces: number;
  readonly maxFaces: number;
}

export const DEFAULT_MODEL = "v3.1-20260211";

export const models = {
  [DEFAULT_MODEL]: { minFaces: 100, maxFaces: 1_500_000 },
  "v3.0-20250812": { minFaces: 100, maxFaces: 1_000_000 },
  "v2.5-20250123": { minFaces: 100, maxFaces: 500_000 },
  "P1-20260311": { minFaces: 48, maxFaces: 20_000 },
  "P2-20260801": { minFaces: 48, maxFaces: 50_000 },
} as const satisfies Record<string, ModelFacts>;

export type ModelId = keyof typeof models;

/** Versions that clients may still name although the service has retired them. */
const RETIRED = [
  "v2.0-20240919",
  "v1.4-20240625",
  "v1.3-20240522",
  "Turbo-v1.0-20250506",
  "default",
] as const;
const SUCCESSOR: ModelId = "v2.5-20250123";

const modelIds = Object.keys(models).filter((name): name is ModelId => Object.hasOwn(models, name));

export const versionNames = [...modelIds, ...RETIRED];

type VersionName = (typeof versionNames)[number];

/** Most faces of any model. */
export const MAX_FACES = Math.max(...modelIds.map((id) => models[id].maxFaces));
export const MIN_FACES = Math.min(...modelIds.map((id) => models[id].minFaces));

/** What is sent for a parameter, and what the client is told of the difference. */
export interface Mapped<Value> {
  readonly value: Value;
  readonly warnings: readonly string[];
}

/** The model of today behind a version. */
export function mapVersion(version: VersionName): Mapped<ModelId> {
  const known = modelIds.find((id) => id === version);
  if (known) return { value: known, warnings: [] };
  const warning = `model_version: Tripo has retired ${version}; sent as ${SUCCESSOR}`;
  return { value: SUCCESSOR, warnings: [warning] };
}

/** Models that paint a surface; a list of its own. The newest has a name that no model of shapes has. */
export const NEWEST_TEXTURE_MODEL = "v3.5-20260815";
export const DEFAULT_TEXTURE_MODEL = "v3.0-20250812";
const TEXTURE_MODEL_OF_V2 = "v2.5-20250123";

/** What a refinement may name: models that paint, and those of shapes, which do not decide how it is painted. */
export const refinementVersionNames = [...versionNames, NEWEST_TEXTURE_MODEL] as const;

/**
 * The model that paints a shape: v2.5 those of its own generation, the current one all others, and files.
 *
 * @param shapeModel What made the shape. Undefined: not known.
 */
export function textureModelFor(shapeModel: string | undefined): string {
  return shapeModel?.startsWith("v2.5-") ? TEXTURE_MODEL_OF_V2 : DEFAULT_TEXTURE_MODEL;
}

/** Whether a surface can be painted on what this model made: not on shapes of the first generation. */
export function isPaintable(shapeModel: string | undefined): boolean {
  return !shapeModel?.startsWith("v1.");
}
