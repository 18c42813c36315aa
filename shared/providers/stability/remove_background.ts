import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { cutOutImage, LEAST_RUN_SECONDS, MAX_IMAGE_CALL_SECONDS } from "./options.ts";
import { endpoints, priceOf } from "./prices.ts";

export const removeBackground = defineOperation({
  operation: "remove-background",
  maxCallSeconds: MAX_IMAGE_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("remove-background"),
    // A JPEG cannot be transparent.
    output_format: z.enum(["png", "webp"]).default("png").describe(
      "Kind of file; JPEG cannot be transparent",
    ),
  }),
  example: { input_image_asset_url: exampleAsset("image.png"), output_format: "png" },
  assetLimits: cutOutImage,
  map({ input_image_asset_url: image, ...fields }) {
    return { request: { image, fields }, warnings: [] };
  },
  price: () => priceOf(endpoints.removeBackground),
});
