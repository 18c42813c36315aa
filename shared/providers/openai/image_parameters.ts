import { z } from "zod";

/** What the API guide takes for images by OpenAI; no default for the quality, so that none is warned of. */
export const imageOptions = {
  style: z.enum(["vivid", "natural"]).optional(),
  n: z.int().min(1).max(4).default(1),
  quality: z.enum(["standard", "hd"]).optional(),
};

export const sizes = z.enum(["1024x1024", "1792x1024", "1024x1792"]);
