/**
 * What each endpoint takes and gives.
 *
 * Source: https://platform.stability.ai/docs/api-reference
 *
 * @module
 */
import type { z } from "zod";
import type { ImageLimits } from "../image_limits.ts";
import {
  coreFields,
  modelFields,
  removeBackgroundFields,
  searchAndRecolorFields,
  sketchFields,
  type StabilityFields,
  styleFields,
} from "./fields.ts";

export interface Endpoint {
  readonly path: string;
  /** Our contract's name for it. */
  readonly operation: string;
  readonly fields: z.ZodType<StabilityFields>;
  /** Of the picture it needs; absent: it takes none. */
  readonly image?: ImageLimits;
  readonly result: ImageResult | "model";
}

export interface ImageResult {
  /** As large as the input, or about so many times 1024x1024 pixels in the asked ratio. */
  readonly size: "input" | { readonly megapixels: number };
  readonly transparent?: true;
}

/** The schema states only the maximum for sketches; the rest is taken to hold for all controls. */
const control: ImageLimits = {
  minimumSide: 64,
  minimumPixels: 4_096,
  maximumPixels: 9_437_184,
  maximumRatio: 2.5,
};

export const endpoints: readonly Endpoint[] = [
  {
    path: "/v2beta/stable-image/generate/core",
    operation: "text-to-image",
    fields: coreFields,
    result: { size: { megapixels: 1.5 } },
  },
  {
    path: "/v2beta/stable-image/control/style",
    operation: "image-to-image",
    fields: styleFields,
    image: control,
    result: { size: { megapixels: 1 } },
  },
  {
    path: "/v2beta/stable-image/control/sketch",
    operation: "sketch-to-image",
    fields: sketchFields,
    image: control,
    result: { size: "input" },
  },
  {
    path: "/v2beta/stable-image/edit/remove-background",
    operation: "remove-background",
    fields: removeBackgroundFields,
    image: { minimumSide: 64, maximumPixels: 4_194_304 },
    result: { size: "input", transparent: true },
  },
  {
    path: "/v2beta/stable-image/edit/search-and-recolor",
    operation: "search-and-recolor",
    fields: searchAndRecolorFields,
    image: { minimumSide: 64, maximumPixels: 9_437_184, maximumRatio: 2.5 },
    result: { size: "input" },
  },
  {
    path: "/v2beta/3d/stable-point-aware-3d",
    operation: "image-to-model",
    fields: modelFields,
    // The schema says 64 pixels; the live service refused fewer than 640.
    image: { minimumSide: 640, maximumPixels: 4_194_304 },
    result: "model",
  },
];

/** Real, but nothing here serves them. */
export const pathsNotSimulated: readonly string[] = [
  "/v1/*",
  "/v2beta/results/*",
  "/v2beta/stable-image/generate/ultra",
  "/v2beta/stable-image/generate/sd3",
  "/v2beta/stable-image/control/structure",
  "/v2beta/stable-image/edit/inpaint",
  "/v2beta/stable-image/upscale/*",
  "/v2beta/3d/stable-fast-3d",
];
