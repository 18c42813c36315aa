import { z } from "zod";
import { defineOperation, inputOf } from "../provider_operation.ts";
import {
  imageOptions,
  LEAST_RUN_SECONDS,
  MAX_CALL_SECONDS,
  type Quality,
  type Size,
  sizes,
} from "./image_parameters.ts";
import { legacyQuality, legacyStyle } from "./legacy_parameters.ts";
import { priceOfImages } from "./prices.ts";

/** The body of `POST /v1/images/generations`, without what the adapter adds to every call. */
export interface ImageGeneration {
  readonly prompt: string;
  readonly n: number;
  readonly size: Size;
  readonly quality: Quality;
}

export const textToImage = defineOperation({
  operation: "text-to-image",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("text-to-image"),
    ...imageOptions,
    size: sizes.default("1024x1024"),
  }),
  example: {
    prompt: "A violet cartoon flying elephant with big ears",
    n: 1,
    size: "1024x1024",
  },
  map({ prompt, style, n, size, quality }) {
    const styled = legacyStyle(prompt, style);
    const mapped = legacyQuality(quality);
    const request: ImageGeneration = { prompt: styled.prompt, n, size, quality: mapped.quality };
    return { request, warnings: [...styled.warnings, ...mapped.warnings] };
  },
  price: (request, model) => priceOfImages(request, 0, model),
  resultCount: ({ n }) => n,
});
