import { z } from "zod";
import { upTo } from "../../contract/characters.ts";
import { text, words } from "../../contract/fields.ts";
import type { AssetLimits } from "../provider_operation.ts";

// What several calls share: https://platform.stability.ai/docs/api-reference

const MAX_PROMPT_CHARACTERS = 10_000;

/** Images take 15 to 45 seconds. */
export const MAX_IMAGE_CALL_SECONDS = 90;

/** A model was seen to be there after 7 seconds, and an image after less. */
export const LEAST_RUN_SECONDS = 3;

export const stabilityPrompt = upTo(MAX_PROMPT_CHARACTERS, words).describe(
  "What the result is to show, in English",
);
export const negativePrompt = upTo(MAX_PROMPT_CHARACTERS, text.min(1)).describe("What to avoid");

/** 0 means any. */
export const seed = z.int().min(0).max(4_294_967_294).describe(
  "For repeatable results; 0 means any",
);

export const outputFormat = z.enum(["png", "jpeg", "webp"]).describe("Kind of file");

export const stylePreset = z.enum([
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
]).describe("Look");

/** Widest first. */
export const aspectRatios = [
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

/** Of the calls that draw from a prompt. */
export const imageOptions = {
  prompt: stabilityPrompt,
  style_preset: stylePreset.optional(),
  negative_prompt: negativePrompt.optional(),
  output_format: outputFormat.default("png"),
  seed: seed.optional(),
};

/** A body may have 10 MiB in all; prompts and their wrapping need far less than the rest. */
const MAX_FILE_BYTES = 10_000_000;

const file = { mediaTypes: ["image/png", "image/jpeg", "image/webp"], maxBytes: MAX_FILE_BYTES };

export const controlImage: AssetLimits = {
  ...file,
  image: { minSide: 64, minPixels: 4_096, maxPixels: 9_437_184, maxRatio: 2.5 },
};

export const cutOutImage: AssetLimits = { ...file, image: { minSide: 64, maxPixels: 4_194_304 } };

/** The reference says 64 pixels a side; what is below 640 was seen to be refused (2026-08-03). */
export const modelImage: AssetLimits = { ...file, image: { minSide: 640, maxPixels: 4_194_304 } };
