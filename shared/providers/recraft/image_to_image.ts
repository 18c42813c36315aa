import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { imageToImageModelIds } from "./models.ts";
import {
  checkModel,
  drawingOptions,
  inputImage,
  LEAST_RUN_SECONDS,
  mapLook,
  MAX_CALL_SECONDS,
  negativePrompt,
} from "./options.ts";
import { priceOfChange } from "./prices.ts";

export const imageToImage = defineOperation({
  operation: "image-to-image",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z
    .strictObject({
      ...inputOf("image-to-image"),
      ...drawingOptions,
      model: z.enum(imageToImageModelIds).default("recraftv3").describe("Model"),
      negative_prompt: negativePrompt.optional(),
      strength: z.number().min(0).max(1).default(0.2)
        .describe("0 keeps the image, 1 forgets it"),
    })
    .check(checkModel),
  example: {
    prompt: "A futuristic cityscape at dusk",
    input_image_asset_url: exampleAsset("image.png"),
    style: "realistic_image",
    substyle: "b_and_w",
    strength: 0.3,
    negative_prompt: "cartoon, anime",
    n: 2,
    model: "recraftv3",
    response_format: "url",
  },
  assetLimits: inputImage,
  map({ prompt, input_image_asset_url: image, n, model, strength, ...look }) {
    const { fields, warnings } = mapLook({ model, ...look });
    const rounded = Math.round(strength * 100) / 100;
    return {
      request: { files: { image }, fields: { prompt, n, model, strength: rounded, ...fields } },
      warnings,
    };
  },
  price: ({ fields }) => priceOfChange(fields),
  resultCount: ({ n }) => n,
});
