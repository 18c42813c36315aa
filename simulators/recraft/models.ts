/**
 * The models, what each can do, and what it costs.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import { sizesOfPro, sizesOfV3, sizesOfV4, type SizeTable } from "./sizes.ts";
import { type Style, stylesOfV2, stylesOfV3 } from "./styles.ts";

/** What the models of one family can do. */
export interface Family {
  /** Characters. */
  readonly promptMaximum: number;
  readonly sizes: SizeTable;
  /** Empty: it has no curated styles, and no negative prompts either. */
  readonly styles: readonly Style[];
  readonly textLayout: boolean;
  /** Whether it draws after a style of one's own. */
  readonly ownStyles: boolean;
  /** Whether it draws only after one. */
  readonly needsOwnStyle: boolean;
  readonly imageToImage: boolean;
  readonly inpaint: boolean;
  /** API units for one picture; vector absent: it draws none. */
  readonly units: { readonly raster: number; readonly vector?: number };
}

const newer = {
  promptMaximum: 10_000,
  sizes: sizesOfV4,
  styles: [],
  textLayout: false,
  ownStyles: false,
  needsOwnStyle: false,
  imageToImage: true,
  inpaint: false,
  units: { raster: 35, vector: 80 },
} as const satisfies Family;
const pro = { ...newer, sizes: sizesOfPro, units: { raster: 210, vector: 300 } } as const;
const ownStyle = { needsOwnStyle: true, ownStyles: true, imageToImage: false } as const;

const v3: Family = {
  ...newer,
  promptMaximum: 1_000,
  sizes: sizesOfV3,
  styles: stylesOfV3,
  textLayout: true,
  ownStyles: true,
  inpaint: true,
  units: { raster: 40, vector: 80 },
};

/** By the name of the raster model. */
const families: Readonly<Record<string, Family>> = {
  recraftv4_1: newer,
  recraftv4_1_pro: pro,
  recraftv4_1_utility: newer,
  recraftv4_1_utility_pro: pro,
  recraftv4_1_flash: { ...newer, units: { raster: 7 } },
  recraftv4_styles: { ...newer, ...ownStyle, units: { raster: 35, vector: 50 } },
  recraftv4_styles_pro: { ...pro, ...ownStyle, units: { raster: 100, vector: 120 } },
  recraftv4: { ...newer, units: { raster: 40, vector: 80 } },
  recraftv4_pro: { ...pro, units: { raster: 250, vector: 300 } },
  recraftv3: v3,
  recraftv2: {
    ...v3,
    styles: stylesOfV2,
    textLayout: false,
    imageToImage: false,
    inpaint: false,
    units: { raster: 22, vector: 44 },
  },
};

export const DEFAULT_MODEL = "recraftv4_1";

export interface Model {
  readonly id: string;
  readonly family: Family;
  /** Whether it draws nothing but SVG. */
  readonly isVector: boolean;
}

/** The model of this name, if there is one. */
export function findModel(id: string): Model | undefined {
  const isVector = id.endsWith("_vector");
  const rasterId = isVector ? id.slice(0, -"_vector".length) : id;
  const family = Object.hasOwn(families, rasterId) ? families[rasterId] : undefined;
  if (family === undefined) return undefined;
  if (isVector && family.units.vector === undefined) return undefined;
  return { id, family, isVector };
}

/** The body of `GET /v1/models`. */
export function listModels(): Record<string, unknown> {
  const data = Object.entries(families).flatMap(([name, { units }]) => {
    const { raster, vector } = units;
    return [
      listing(name, raster),
      ...vector === undefined ? [] : [listing(`${name}_vector`, vector)],
    ];
  });
  return { data };
}

function listing(id: string, units: number): Record<string, unknown> {
  return {
    id,
    name: id,
    created: 0,
    input_modalities: ["text"],
    output_modalities: ["image"],
    pricing: { image: String(units * USD_PER_UNIT) },
  };
}

const USD_PER_UNIT = 0.001;

/** API units for one picture without its background, whatever its size. */
export const REMOVE_BACKGROUND_UNITS = 10;
