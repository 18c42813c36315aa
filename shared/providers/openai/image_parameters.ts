import { z } from "zod";
import { upTo } from "../../contract/characters.ts";
import { words } from "../../contract/fields.ts";

export const DEFAULT_MODEL = "gpt-image-2.5-flare-2026-09-08";

/** By the names of today. */
export type Quality = "medium" | "high";

/** What the API guide takes for images by OpenAI; no default for the quality, so that none is warned of. */
export const imageOptions = {
  style: upTo(100, words).optional().describe(
    "Look: vivid, natural, or any other words; added to the prompt",
  ),
  n: z.int().min(1).max(4).default(1).describe("Number of images"),
  quality: z.enum(["standard", "hd"]).optional().describe(
    "Sent as medium or high; absent: standard",
  ),
};

/** Complex prompts take up to about two minutes, and the answer comes all at once at the end. */
export const MAX_CALL_SECONDS = 125;

/** 8 to 12 seconds are usual for the fastest model. */
export const LEAST_RUN_SECONDS = 5;

export const sizes = z.enum(["1024x1024", "1792x1024", "1024x1792"]).describe(
  "Width and height in pixels",
);

export type Size = z.infer<typeof sizes>;
