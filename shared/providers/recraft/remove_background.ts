import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { inputImage, LEAST_RUN_SECONDS, MAX_CALL_SECONDS, responseFormat } from "./options.ts";
import { priceOfCutOut } from "./prices.ts";

export const removeBackground = defineOperation({
  operation: "remove-background",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("remove-background"),
    response_format: responseFormat,
  }),
  example: { input_image_asset_url: exampleAsset("image.png"), response_format: "url" },
  assetLimits: inputImage,
  map: ({ input_image_asset_url: image }) => ({
    request: { files: { image }, fields: {} },
    warnings: [],
  }),
  price: priceOfCutOut,
});
