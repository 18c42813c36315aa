/**
 * The fields of each endpoint, apart from its picture.
 *
 * Source: https://platform.stability.ai/docs/api-reference
 *
 * @module
 */
import { z } from "zod";
import { textUpTo } from "../text_up_to.ts";
import type { ImageFormat } from "../images.ts";

const STYLE_PRESETS = [
  "enhance",
  "anime",
  "photographic",
  "digital-art",
  "comic-book",
  "fantasy-art",
  "line-art",
  "analog-film",
  "neon-punk",
  "isometric",
  "low-poly",
  "origami",
  "modeling-compound",
  "cinematic",
  "3d-model",
  "pixel-art",
  "tile-texture",
] as const;

const ASPECT_RATIOS = [
  "21:9",
  "16:9",
  "3:2",
  "5:4",
  "1:1",
  "4:5",
  "2:3",
  "9:16",
  "9:21",
] as const;

export type AspectRatio = (typeof ASPECT_RATIOS)[number];

const text = textUpTo(10_000);
/** 0 is the same as none. */
const seed = z.int().min(0).max(4_294_967_294).optional();
const share = z.number().min(0).max(1).optional();
const aspect_ratio = z.enum(ASPECT_RATIOS).optional();

const promptFields = {
  prompt: text,
  negative_prompt: text.optional(),
  seed,
  style_preset: z.enum(STYLE_PRESETS).optional(),
  output_format: z.enum(["png", "jpeg", "webp"]).optional(),
};

export const coreFields = z.strictObject({ ...promptFields, aspect_ratio });

export const styleFields = z.strictObject({ ...promptFields, aspect_ratio, fidelity: share });

export const sketchFields = z.strictObject({ ...promptFields, control_strength: share });

export const removeBackgroundFields = z.strictObject({
  output_format: z.enum(["png", "webp"]).optional(),
});

export const searchAndRecolorFields = z.strictObject({
  ...promptFields,
  select_prompt: text,
  grow_mask: z.int().min(0).max(20).optional(),
});

export const modelFields = z
  .strictObject({
    texture_resolution: z.enum(["512", "1024", "2048"]).optional(),
    foreground_ratio: z.number().min(1).max(2).optional(),
    remesh: z.enum(["none", "triangle", "quad"]).optional(),
    target_type: z.enum(["none", "vertex", "face"]).optional(),
    target_count: z.int().min(100).max(20_000).optional(),
    guidance_scale: z.number().min(1).max(10).optional(),
    seed,
  })
  .refine(
    ({ target_type = "none", target_count }) =>
      target_type !== "none" || target_count === undefined,
    {
      path: ["target_count"],
      error: "needs a target_type of vertex or face",
    },
  );

/** What the answer depends on; each endpoint has some of it, and more. */
export interface StabilityFields {
  readonly prompt?: string | undefined;
  readonly seed?: number | undefined;
  readonly output_format?: ImageFormat | undefined;
  readonly aspect_ratio?: AspectRatio | undefined;
}

/** Forms carry text only; these fields are numbers. */
export const numberFields: readonly string[] = [
  "seed",
  "fidelity",
  "control_strength",
  "grow_mask",
  "foreground_ratio",
  "target_count",
  "guidance_scale",
];
