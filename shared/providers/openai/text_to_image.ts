import { z } from "zod";
import { definePair } from "../provider.ts";
import { legacyQuality, legacyStyle } from "./legacy_parameters.ts";

/** The body of `POST /v1/images/generations`, without what the adapter adds to every call. */
export interface ImageGeneration {
  readonly prompt: string;
  readonly n: number;
  readonly size: "1024x1024" | "1792x1024" | "1024x1792";
  readonly quality: "medium" | "high";
}

export const textToImage = definePair({
  operation: "text-to-image",
  options: {
    style: z.enum(["vivid", "natural"]).optional(),
    n: z.int().min(1).max(4).default(1),
    size: z.enum(["1024x1024", "1792x1024", "1024x1792"]).default("1024x1024"),
    quality: z.enum(["standard", "hd"]).optional(),
  },
  map({ prompt, style, n, size, quality }) {
    const styled = legacyStyle(prompt, style);
    const sharpness = legacyQuality(quality);
    const request: ImageGeneration = { prompt: styled.prompt, n, size, quality: sharpness.quality };
    return { request, warnings: [...styled.warnings, ...sharpness.warnings] };
  },
  resultCount: ({ n }) => n,
});
