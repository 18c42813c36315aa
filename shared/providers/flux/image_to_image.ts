import { z } from "zod";
import { exampleAsset } from "../example_asset.ts";
import { DEFAULT_POOL, defineOperation, inputOf } from "../provider_operation.ts";
import { MOST_INPUT_PIXELS, priceOfEdit } from "./prices.ts";

/** Anything between 21:9 and 9:21, edges included. */
const MAX_RATIO = 21 / 9;

const aspectRatio = z
  .string()
  .regex(/^[1-9]\d{0,2}:[1-9]\d{0,2}$/, 'Must look like "16:9"')
  .refine((ratio) => {
    const [width = 1, height = 1] = ratio.split(":").map(Number);
    return Math.max(width, height) <= MAX_RATIO * Math.min(width, height);
  }, "Must lie between 21:9 and 9:21")
  .describe("Between 21:9 and 9:21; absent: the shape of the input");

/** The order alone: the work itself is asked for later. */
const MAX_CALL_SECONDS = 60;

/** 4 to 15 seconds are usual. */
const LEAST_RUN_SECONDS = 3;

const MAX_POOL = "kontext-max";

/** The account may have 24 tasks under way, and 6 of this model: help.bfl.ai, concurrency limit. */
export const pools = [DEFAULT_POOL, MAX_POOL] as const;

// https://docs.bfl.ai/api-reference/models
export const imageToImage = defineOperation({
  operation: "image-to-image",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("image-to-image"),
    aspect_ratio: aspectRatio.optional(),
    output_format: z.enum(["png", "jpeg"]).default("png").describe("Kind of file"),
    safety_tolerance: z.int().min(0).max(6).default(2).describe(
      "0 is the strictest; 2 at most, unless the operator allows more",
    ),
    prompt_upsampling: z.boolean().default(false).describe("Lets the service expand the prompt"),
  }),
  example: {
    prompt: "A futuristic cityscape at dusk",
    input_image_asset_url: exampleAsset("image.png"),
    aspect_ratio: "1:1",
    output_format: "png",
    safety_tolerance: 2,
    prompt_upsampling: false,
  },
  assetLimits: {
    mediaTypes: ["image/png", "image/jpeg", "image/webp"],
    maxBytes: 20_000_000,
    image: { maxPixels: MOST_INPUT_PIXELS },
  },
  map({ input_image_asset_url: image, ...fields }) {
    return { request: { image, fields }, warnings: [] };
  },
  price: ({ fields }, model) => priceOfEdit(fields.aspect_ratio !== undefined, model),
  pool: (_, model) => model === "flux-kontext-max" ? MAX_POOL : DEFAULT_POOL,
});

export type EditFields = ReturnType<typeof imageToImage.map>["request"]["fields"];
