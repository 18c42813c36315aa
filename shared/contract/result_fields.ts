import { z } from "zod";
import { asset } from "./asset_facts.ts";

/** What a status says of results, beside their URLs. */
export const resultFields = {
  assets: z.array(asset).optional().describe("The same with what is known of each"),
  preview_url: z.url().optional().describe(
    "A picture of the model, by a URL like those of results: the provider's own, or the image that it " +
      "was made of",
  ),
  model_id: z.string().optional().describe("The provider's model, or its endpoint, that made it"),
  seed: z.int().optional().describe("The seed it was made with, where one is known"),
  revised_prompt: z.string().optional()
    .describe("The prompt as the provider's model was given it, where the provider tells"),
  parameters: z.record(z.string(), z.unknown()).optional().describe(
    "What was asked for, with the defaults; left out once it was dropped",
  ),
};
