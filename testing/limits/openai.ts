import {
  A_FILE,
  address,
  oneOf,
  optional,
  type ProviderLimits,
  required,
  usually,
  wholeFrom,
  wordsUpTo,
} from "./limits.ts";

const sizes = oneOf("1024x1024", "1792x1024", "1024x1792");

const common = {
  prompt: required(wordsUpTo(32_000)),
  style: optional(wordsUpTo(100)),
  n: usually(1, wholeFrom(1, 4)),
  quality: optional(oneOf("standard", "hd")),
};

export const openaiLimits: ProviderLimits = {
  "text-to-image": {
    smallest: { prompt: "x" },
    fields: { ...common, size: usually("1024x1024", sizes) },
  },
  "image-to-image": {
    smallest: { prompt: "x", input_image_asset_url: A_FILE },
    fields: {
      ...common,
      input_image_asset_url: required(address),
      background: usually("auto", oneOf("transparent", "opaque", "auto")),
      size: optional(sizes),
    },
  },
};
