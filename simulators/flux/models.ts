/**
 * The models, each of which has an address of its own.
 *
 * Sources: https://docs.bfl.ai/quick_start/pricing and `api-reference/models` beside it
 *
 * @module
 */

export interface FluxModel {
  readonly family: "kontext" | "flux-2";
  readonly pool: keyof typeof pools;
  /** The field that decides whether the prompt is thought over. Absent: it never is. */
  readonly expansion?: "disable_pup" | "prompt_upsampling";
}

export const modelNames = [
  "flux-kontext-pro",
  "flux-kontext-max",
  "flux-2-pro",
  "flux-2-max",
  "flux-2-flex",
  "flux-2-klein-9b",
  "flux-2-klein-4b",
] as const;
export type ModelName = typeof modelNames[number];

export const models: Readonly<Record<ModelName, FluxModel>> = {
  "flux-kontext-pro": { family: "kontext", pool: "pro" },
  "flux-kontext-max": { family: "kontext", pool: "max" },
  "flux-2-pro": { family: "flux-2", pool: "pro", expansion: "disable_pup" },
  "flux-2-max": { family: "flux-2", pool: "pro", expansion: "disable_pup" },
  "flux-2-flex": { family: "flux-2", pool: "pro", expansion: "prompt_upsampling" },
  "flux-2-klein-9b": { family: "flux-2", pool: "pro" },
  "flux-2-klein-4b": { family: "flux-2", pool: "pro" },
};

/** How many tasks an account may have at once: of each pool, and of all of them. */
export const pools = { pro: 24, max: 6 } as const;
export const ALL_TASKS = 24;

/** Models and tools that exist, but not here. */
export const unsimulatedPaths = [
  "/flux-2-pro-preview",
  "/flux-2-klein-9b-preview",
  "/flux-pro-1.1",
  "/flux-pro-1.1-ultra",
  "/flux-dev",
  "/flux-pro-1.0-fill",
  "/flux-pro-1.0-expand",
  "/flux-tools/*",
];

export interface Megapixels {
  /** Of all pictures that come in. */
  readonly input: number;
  readonly output: number;
}

/** What a call costs, in credits. How parts of a megapixel are rounded is not documented. */
export const prices: Readonly<Record<ModelName, (megapixels: Megapixels) => number>> = {
  "flux-kontext-pro": () => 4,
  "flux-kontext-max": () => 8,
  "flux-2-pro": byMegapixel(3, 1.5),
  "flux-2-max": byMegapixel(7, 3),
  "flux-2-flex": byMegapixel(5, 5),
  "flux-2-klein-9b": byMegapixel(1.5, 0.2),
  "flux-2-klein-4b": byMegapixel(1.4, 0.1),
};

/** In credits: the first megapixel of the output, and each other one, of the inputs too. */
function byMegapixel(first: number, further: number): (megapixels: Megapixels) => number {
  return ({ input, output }) =>
    first + further * (Math.ceil(input) + Math.max(Math.ceil(output) - 1, 0));
}
