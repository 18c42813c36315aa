import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { languageWarnings } from "./language.ts";
import {
  controlImage,
  imageOptions,
  LEAST_RUN_SECONDS,
  MAX_IMAGE_CALL_SECONDS,
  stabilityPrompt,
} from "./options.ts";
import { endpoints, priceOf } from "./prices.ts";

export const searchAndRecolor = defineOperation({
  operation: "search-and-recolor",
  maxCallSeconds: MAX_IMAGE_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("search-and-recolor"),
    ...imageOptions,
    select_prompt: stabilityPrompt.describe("Name of the object to find, in English"),
    grow_mask: z.int().min(0).max(20).default(3).describe(
      "By how many pixels the found area grows, for softer edges",
    ),
  }),
  example: {
    input_image_asset_url: exampleAsset("image.png"),
    prompt: "light blue cat with dark blue stripes, maintaining the same pose and expression",
    select_prompt: "cat",
    negative_prompt: "blurry, low quality, distorted, orange, tan, brown",
    grow_mask: 3,
    seed: 0,
    output_format: "png",
    style_preset: "photographic",
  },
  assetLimits: controlImage,
  map({ input_image_asset_url: image, ...fields }) {
    return { request: { image, fields }, warnings: languageWarnings(fields.prompt) };
  },
  price: () => priceOf(endpoints.recolor),
});
