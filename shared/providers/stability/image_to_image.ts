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

export const imageToImage = defineOperation({
  operation: "image-to-image",
  maxCallSeconds: MAX_IMAGE_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("image-to-image"),
    ...imageOptions,
    fidelity: z.number().min(0).max(1).default(0.8).describe(
      "How closely the result follows the style of the input",
    ),
  }),
  example: {
    prompt: "A futuristic cityscape at dusk",
    input_image_asset_url: exampleAsset("image.png"),
    style_preset: "3d-model",
    fidelity: 0.8,
    negative_prompt: "blurry, low quality",
    output_format: "png",
    seed: 12345,
  },
  assetLimits: controlImage,
  map({ input_image_asset_url: image, ...fields }) {
    return { request: { image, fields }, warnings: languageWarnings(fields.prompt) };
  },
  price: () => priceOf(endpoints.style),
});
