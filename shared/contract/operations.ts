import { z } from "zod";
import { assetUrl, prompt } from "./fields.ts";

/** What an operation takes from the client, and what it yields. */
export interface Operation {
  /** The fields that every provider of the operation understands. */
  readonly input: z.ZodObject;
  /** Those of them that name files in Storage, one each or a list. */
  readonly assets: readonly string[];
  /** Whether all of these files are pictures of the same width and height. */
  readonly sameSize?: true;
  /** Decides the table of the results and their folder. */
  readonly output: "image" | "model";
}

/** Up to four views of one thing; an entry that is null or empty is a view that is not there. */
const views = z.array(z.union([assetUrl, z.literal(""), z.null()])).min(1).max(4)
  .describe("Pictures: front, left, back, right; null or empty for a view that is missing");

export const operations = {
  "image-to-image": {
    input: z.object({ prompt, input_image_asset_url: assetUrl }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "text-to-image": { input: z.object({ prompt }), assets: [], output: "image" },
  "text-to-model": { input: z.object({ prompt }), assets: [], output: "model" },
  "image-to-model": {
    input: z.object({ input_image_asset_urls: views, prompt: prompt.optional() }),
    assets: ["input_image_asset_urls"],
    output: "model",
  },
  "sketch-to-image": {
    input: z.object({ prompt, input_sketch_asset_url: assetUrl }),
    assets: ["input_sketch_asset_url"],
    output: "image",
  },
  "image-inpaint": {
    input: z.object({ prompt, input_image_asset_url: assetUrl, input_mask_asset_url: assetUrl }),
    assets: ["input_image_asset_url", "input_mask_asset_url"],
    sameSize: true,
    output: "image",
  },
  "remove-background": {
    input: z.object({ input_image_asset_url: assetUrl }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "search-and-recolor": {
    input: z.object({
      prompt,
      select_prompt: prompt.describe("Name of the object to find"),
      input_image_asset_url: assetUrl,
    }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "refine-model": {
    input: z.object({ prompt: prompt.optional(), input_model_asset_url: assetUrl }),
    assets: ["input_model_asset_url"],
    output: "model",
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

export const operationIds = Object.keys(operations).filter(isOperationId);

export function isOperationId(value: string): value is OperationId {
  return Object.hasOwn(operations, value);
}
