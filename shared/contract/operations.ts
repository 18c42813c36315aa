import { z } from "zod";
import { assetUrl, prompt } from "./fields.ts";
import { type OperationId, operationIds } from "./operation_ids.ts";

export { type OperationId, operationIds };

/** What a file holds: an input, or a result. */
export type AssetKind = "image" | "model";

/** What an operation takes from the client, and what it yields. */
export interface Operation {
  /** What it is for, in the words of the API reference. */
  readonly summary: string;
  /** The fields that every provider of the operation understands. */
  readonly input: z.ZodObject;
  /** Those of them that name files in Storage, one each or a list. */
  readonly assets: readonly string[];
  /** The one of them that says what of the other is to change. */
  readonly mask?: string;
  /** Decides the table of the results and their folder. */
  readonly output: AssetKind;
}

/** Up to four views of one thing; an entry that is null or empty is a view that is not there. */
const views = z.array(z.union([assetUrl, z.literal(""), z.null()])).min(1).max(4)
  .describe("Images: front, left, back, right; null or empty for a view that is missing");

export const operations = {
  "image-to-image": {
    summary: "Variations of an image.",
    input: z.object({ prompt, input_image_asset_url: assetUrl }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "text-to-image": {
    summary: "Images from words.",
    input: z.object({ prompt }),
    assets: [],
    output: "image",
  },
  "text-to-model": {
    summary: "A 3D model from words.",
    input: z.object({ prompt }),
    assets: [],
    output: "model",
  },
  "image-to-model": {
    summary:
      "A 3D model from an image, or from up to four views in the order front, left, back, right.",
    input: z.object({
      input_image_asset_urls: views,
      prompt: prompt.optional().describe(
        "Ignored by the services, which make models from images alone; kept beside the result",
      ),
    }),
    assets: ["input_image_asset_urls"],
    output: "model",
  },
  "sketch-to-image": {
    summary: "An image from a drawing by hand.",
    input: z.object({ prompt, input_sketch_asset_url: assetUrl }),
    assets: ["input_sketch_asset_url"],
    output: "image",
  },
  "image-inpaint": {
    summary:
      "Part of an image, drawn anew. The mask has the size of the image, and only black and white: " +
      "what is white changes, what is black stays; soft edges and a hole in black are mended.",
    input: z.object({ prompt, input_image_asset_url: assetUrl, input_mask_asset_url: assetUrl }),
    assets: ["input_image_asset_url", "input_mask_asset_url"],
    mask: "input_mask_asset_url",
    output: "image",
  },
  "remove-background": {
    summary: "The subject of an image, cut out.",
    input: z.object({ input_image_asset_url: assetUrl }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "search-and-recolor": {
    summary: "An object in an image, found by its name, in other colours.",
    input: z.object({
      prompt,
      select_prompt: prompt.describe("Name of the object to find"),
      input_image_asset_url: assetUrl,
    }),
    assets: ["input_image_asset_url"],
    output: "image",
  },
  "refine-model": {
    summary:
      "A 3D model with a new surface. An earlier task of the provider, named by draft_model_task_id, is " +
      "used instead of the file; it is the ai_service_task_id of a row in models.",
    input: z.object({ prompt: prompt.optional(), input_model_asset_url: assetUrl }),
    assets: ["input_model_asset_url"],
    output: "model",
  },
} as const satisfies Record<OperationId, Operation>;

export function isOperationId(value: string): value is OperationId {
  return Object.hasOwn(operations, value);
}
