import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { mapVersion } from "./models.ts";
import { LEAST_RUN_SECONDS, mapModelOptions, MAX_CALL_SECONDS, modelOptions } from "./options.ts";
import { generationPool } from "./pools.ts";
import { priceOfModel } from "./prices.ts";

/** What the places of the list show. */
const VIEWS = ["front", "left", "back", "right"] as const;

export interface View {
  readonly name: string;
  readonly url: string;
}

export const imageToModel = defineOperation({
  operation: "image-to-model",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z
    .strictObject({
      ...inputOf("image-to-model"),
      ...modelOptions,
      orientation: z.enum(["default", "align_image"]).default("default")
        .describe("Whether the model faces as the image does"),
    })
    .check(({ value: { input_image_asset_urls: [front] }, issues }) => {
      if (front) return;
      const path = ["input_image_asset_urls", 0];
      issues.push({ code: "custom", path, message: "The front view is required", input: front });
    }),
  example: {
    input_image_asset_urls: [
      exampleAsset("front.png"),
      exampleAsset("left.png"),
      exampleAsset("back.png"),
      exampleAsset("right.png"),
    ],
    texture: true,
    pbr: false,
    texture_quality: "detailed",
    model_version: "v2.5-20250123",
    face_limit: 10000,
    auto_size: true,
    orientation: "default",
  },
  // WebP is taken by URL only.
  assetLimits: {
    mediaTypes: ["image/png", "image/jpeg"],
    maxBytes: 20_000_000,
    image: { minSide: 256 },
  },
  map({ input_image_asset_urls: urls, prompt, orientation, ...options }) {
    const { fields, warnings } = mapModelOptions(options);
    const views = VIEWS.flatMap((name, place): View[] => {
      const url = urls[place];
      return url ? [{ name, url }] : [];
    });
    const ignored = [
      ...(prompt === undefined
        ? []
        : ["prompt: Tripo makes models from the images alone; ignored"]),
      ...(orientation === "default" || options.texture
        ? []
        : ["orientation: needs a texture; ignored"]),
    ];
    return {
      request: { views, fields: { ...fields, ...(options.texture && { orientation }) } },
      warnings: [...ignored, ...warnings],
    };
  },
  price: ({ fields }) => priceOfModel(fields, "fromImages"),
  pool: ({ model_version }) => generationPool(mapVersion(model_version).value),
});
