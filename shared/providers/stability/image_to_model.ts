import { z } from "zod";
import { assetUrl } from "../../contract/fields.ts";
import { exampleAsset } from "../example_asset.ts";
import { defineOperation, inputOf } from "../provider_operation.ts";
import { LEAST_RUN_SECONDS, modelImage, seed } from "./options.ts";
import { endpoints, priceOf } from "./prices.ts";

const DEFAULT_FOREGROUND_RATIO = 1.3;

/** Models take 60 to 180 seconds. */
const MAX_CALL_SECONDS = 180;

export const imageToModel = defineOperation({
  operation: "image-to-model",
  maxCallSeconds: MAX_CALL_SECONDS,
  leastRunSeconds: LEAST_RUN_SECONDS,
  schema: z.strictObject({
    ...inputOf("image-to-model"),
    input_image_asset_urls: z.array(assetUrl).length(1, "Must be a list of exactly one URL")
      .describe("One image"),
    texture_resolution: z.literal([512, 1024, 2048]).default(1024).describe(
      "Side of the texture in pixels",
    ),
    remesh: z.enum(["none", "quad", "triangle"]).default("none").describe("Shape of the faces"),
    foreground_ratio: z.number().min(0).max(2).optional()
      .describe("Up to 1: share of the image that the object fills. Above: image by object"),
    target_type: z.enum(["none", "vertex", "face"]).optional()
      .describe("What target_count counts"),
    target_count: z.int().min(100).max(20_000).optional()
      .describe("Vertices or faces to aim for"),
    guidance_scale: z.number().min(1).max(10).default(3)
      .describe("How closely the model follows the image"),
    seed: seed.optional(),
  }),
  example: {
    input_image_asset_urls: [exampleAsset("photo.png")],
    texture_resolution: 1024,
    remesh: "quad",
    foreground_ratio: 1.18,
    target_type: "vertex",
    target_count: 10000,
    guidance_scale: 3.0,
    seed: 12345,
  },
  assetLimits: modelImage,
  map({ input_image_asset_urls: [image = ""], prompt, foreground_ratio, target_count, ...fields }) {
    const warnings: string[] = [];
    if (prompt !== undefined) {
      warnings.push("prompt: Stability makes models from the image alone; ignored");
    }
    const ratio = foregroundRatio(foreground_ratio);
    if (foreground_ratio !== undefined && foreground_ratio !== ratio) {
      warnings.push(
        `foreground_ratio: Stability now takes the frame by the object, 1 to 2; ` +
          `${foreground_ratio} is sent as ${ratio}`,
      );
    }
    const isTargeted = fields.target_type === "vertex" || fields.target_type === "face";
    if (target_count !== undefined && !isTargeted) {
      warnings.push("target_count: only with a target_type of vertex or face; ignored");
    }
    return {
      request: {
        image,
        fields: {
          ...fields,
          foreground_ratio: ratio,
          ...(isTargeted && { target_count }),
        },
      },
      warnings,
    };
  },
  price: () => priceOf(endpoints.spar3d),
});

/**
 * The guide's ratio is the share of the frame that the object fills, 1 at most; the service wants the
 * side of the frame by that of the object, 1 at least
 * (https://platform.stability.ai/docs/api-reference, 3D). So a number says which of them it is.
 */
function foregroundRatio(ratio: number | undefined): number {
  if (!ratio) return DEFAULT_FOREGROUND_RATIO;
  return ratio > 1 ? ratio : Math.min(2, Math.round(100 / ratio) / 100);
}
