import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { inpaintModelIds } from "./models.ts";
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

export const imageInpaint = defineOperation({
  operation: "image-inpaint",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z
    .strictObject({
      ...inputOf("image-inpaint"),
      ...drawingOptions,
      model: z.enum(inpaintModelIds).default("recraftv3").describe("Model"),
      negative_prompt: negativePrompt.optional(),
    })
    .check(checkModel),
  example: {
    prompt: "A wooden bench under the tree",
    input_image_asset_url: exampleAsset("garden.png"),
    input_mask_asset_url: exampleAsset("garden-mask.png"),
    style: "realistic_image",
    n: 1,
    model: "recraftv3",
  },
  assetLimits: inputImage,
  map({ prompt, input_image_asset_url: image, input_mask_asset_url: mask, n, model, ...look }) {
    const { fields, warnings } = mapLook({ model, ...look });
    return {
      request: { files: { image, mask }, fields: { prompt, n, model, ...fields } },
      warnings,
    };
  },
  price: ({ fields }) => priceOfChange(fields),
  resultCount: ({ n }) => n,
});
