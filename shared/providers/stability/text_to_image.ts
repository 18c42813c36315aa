import { z } from "zod";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { languageWarnings } from "./language.ts";
import {
  aspectRatios,
  imageOptions,
  LEAST_RUN_SECONDS,
  MAX_IMAGE_CALL_SECONDS,
} from "./options.ts";
import { endpoints, priceOf } from "./prices.ts";

export const textToImage = defineOperation({
  operation: "text-to-image",
  maxCallSeconds: MAX_IMAGE_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("text-to-image"),
    ...imageOptions,
    aspect_ratio: z.enum(aspectRatios).default("1:1").describe("Shape of the result"),
  }),
  example: {
    prompt: "A violet cartoon flying elephant with big ears",
    style_preset: "fantasy-art",
    aspect_ratio: "1:1",
    negative_prompt: "realistic, photo",
    output_format: "png",
    seed: 42,
  },
  map: (request) => ({ request, warnings: languageWarnings(request.prompt) }),
  price: () => priceOf(endpoints.core),
});
