import { z } from "zod";

const count = z.int().min(0).optional();
const pixels = z.int().min(1).optional();

/** What is known of a stored result by its bytes; what they do not tell is left out. */
export const assetFacts = z.object({
  media_type: z.string().describe("What it is, by its bytes"),
  bytes: z.int().min(0).describe("Length of the file"),
  width: pixels.describe("Of an image, in pixels, turned as its EXIF says"),
  height: pixels.describe("The same of its height"),
  triangles: count.describe("Of a model: in all its meshes, each counted once"),
  vertices: count.describe("The same of its vertices"),
  materials: count.describe("How many materials it has"),
  textures: count.describe("How many pictures are on its surfaces"),
  size: z.array(z.number().min(0)).length(3).optional()
    .describe("Of the box around its default scene, in metres: x, y and z"),
  compressed: z.enum(["draco", "meshopt"]).nullable().optional()
    .describe("How its meshes are compressed: a viewer needs that decoder; null: not at all"),
});

export type AssetFacts = z.infer<typeof assetFacts>;

/** A result, and what is known of it. */
export const asset = z.object({ url: z.url(), ...assetFacts.shape });

export type Asset = z.infer<typeof asset>;

/** What is known of all results of a task: kept with it, and shown with it. */
export const results = z.object({
  /** In the order of the results. */
  assets: z.array(assetFacts).optional(),
  preview_url: z.string().optional(),
  model_id: z.string().optional(),
  seed: z.int().optional(),
  revised_prompt: z.string().optional(),
});

export type Results = z.infer<typeof results>;
