import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
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

/** The fields of `POST /v1/images/edits`, without the image and what the adapter adds to every call. */
export interface ImageEdit {
  readonly prompt: string;
  readonly n: number;
  /** `auto` keeps the shape of the input. */
  readonly size: Size | "auto";
  readonly quality: Quality;
  readonly background: "transparent" | "opaque" | "auto";
}

export const imageToImage = defineOperation({
  operation: "image-to-image",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("image-to-image"),
    ...imageOptions,
    size: sizes.optional().describe("Width and height in pixels; absent: the shape of the input"),
    background: z.enum(["transparent", "opaque", "auto"]).default("auto").describe(
      "Background of the result",
    ),
  }),
  example: {
    prompt: "A futuristic cityscape at dusk",
    input_image_asset_url: exampleAsset("image.png"),
    background: "transparent",
    n: 2,
    size: "1024x1024",
  },
  // https://developers.openai.com/api/docs/api-reference/images/createEdit
  assetLimits: {
    mediaTypes: ["image/png", "image/jpeg", "image/webp"],
    maxBytes: 50_000_000,
    // Any, as long as it is an image.
    image: {},
    turnsPhotos: true,
  },
  map({ prompt, input_image_asset_url: image, style, n, size, quality, background }) {
    const styled = legacyStyle(prompt, style);
    const sharpness = legacyQuality(quality);
    const fields: ImageEdit = {
      prompt: styled.prompt,
      n,
      size: size ?? "auto",
      quality: sharpness.quality,
      background,
    };
    return { request: { image, fields }, warnings: [...styled.warnings, ...sharpness.warnings] };
  },
  price: ({ fields }, model) => priceOfImages(fields, 1, model),
  resultCount: ({ n }) => n,
});
