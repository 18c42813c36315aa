import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { languageWarnings } from "./language.ts";
import {
  controlImage,
  imageOptions,
  LEAST_RUN_SECONDS,
  MAX_IMAGE_CALL_SECONDS,
} from "./options.ts";
import { endpoints, priceOf } from "./prices.ts";

export const sketchToImage = defineOperation({
  operation: "sketch-to-image",
  maxCallSeconds: MAX_IMAGE_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("sketch-to-image"),
    ...imageOptions,
    control_strength: z.number().min(0).max(1).default(0.7).describe(
      "How closely the result follows the drawing",
    ),
  }),
  example: {
    input_sketch_asset_url: exampleAsset("sketch.png"),
    prompt: "Modern furniture piece",
    control_strength: 0.7,
    style_preset: "photographic",
    negative_prompt: "blurry, distorted",
    output_format: "png",
  },
  assetLimits: { ...controlImage, seesTransparentAsBlack: true },
  map({ input_sketch_asset_url: image, ...fields }) {
    return { request: { image, fields }, warnings: languageWarnings(fields.prompt) };
  },
  price: () => priceOf(endpoints.sketch),
});
