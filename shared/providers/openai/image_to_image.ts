import { z } from "zod";
import { definePair } from "../provider.ts";
import { imageOptions, sizes } from "./image_parameters.ts";
import { legacyQuality, legacyStyle } from "./legacy_parameters.ts";

/** The fields of `POST /v1/images/edits`, without the image and what the adapter adds to every call. */
export interface ImageEdit {
  readonly prompt: string;
  readonly n: number;
  /** `auto` keeps the shape of the input. */
  readonly size: z.infer<typeof sizes> | "auto";
  readonly quality: "medium" | "high";
  readonly background: "transparent" | "opaque" | "auto";
}

export const imageToImage = definePair({
  operation: "image-to-image",
  options: {
    ...imageOptions,
    size: sizes.optional(),
    background: z.enum(["transparent", "opaque", "auto"]).default("auto"),
  },
  // https://developers.openai.com/api/docs/api-reference/images/createEdit
  assetLimits: { mediaTypes: ["image/png", "image/jpeg", "image/webp"], maxBytes: 50_000_000 },
  map({ prompt, style, n, size, quality, background }) {
    const styled = legacyStyle(prompt, style);
    const sharpness = legacyQuality(quality);
    const request: ImageEdit = {
      prompt: styled.prompt,
      n,
      size: size ?? "auto",
      quality: sharpness.quality,
      background,
    };
    return { request, warnings: [...styled.warnings, ...sharpness.warnings] };
  },
  resultCount: ({ n }) => n,
});
