import {
  A_FILE,
  address,
  numberFrom,
  oneOf,
  optional,
  type ProviderLimits,
  required,
  textUpTo,
  usually,
  type Values,
  wholeFrom,
  wordsUpTo,
} from "./limits.ts";

const stylePresets = [
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
];

const seed = optional(wholeFrom(0, 4_294_967_294));

const drawn = {
  prompt: required(wordsUpTo(10_000)),
  style_preset: optional(oneOf(...stylePresets)),
  negative_prompt: optional(textUpTo(10_000)),
  output_format: usually("png", oneOf("png", "jpeg", "webp")),
  seed,
};

const onePicture: Values = {
  accepted: [[A_FILE], ["x".repeat(2_000)]],
  refused: [
    [],
    [A_FILE, A_FILE],
    [A_FILE, null],
    [null],
    [""],
    ["x".repeat(2_001)],
    [7],
    A_FILE,
    { 0: A_FILE },
  ],
};

export const stabilityLimits: ProviderLimits = {
  "text-to-image": {
    smallest: { prompt: "x" },
    fields: {
      ...drawn,
      aspect_ratio: usually(
        "1:1",
        oneOf("21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21"),
      ),
    },
  },
  "image-to-image": {
    smallest: { prompt: "x", input_image_asset_url: A_FILE },
    fields: {
      ...drawn,
      input_image_asset_url: required(address),
      fidelity: usually(0.8, numberFrom(0, 1)),
    },
  },
  "image-to-model": {
    smallest: { input_image_asset_urls: [A_FILE] },
    fields: {
      input_image_asset_urls: required(onePicture),
      prompt: optional(wordsUpTo(32_000)),
      texture_resolution: usually(1024, {
        accepted: [512, 1024, 2048],
        refused: [511, 513, 1536, 4096, 0, "1536"],
        readAs: [["1024", 1024]],
      }),
      remesh: usually("none", oneOf("none", "quad", "triangle")),
      foreground_ratio: optional(numberFrom(0, 2)),
      target_type: optional(oneOf("none", "vertex", "face")),
      target_count: optional(wholeFrom(100, 20_000)),
      guidance_scale: usually(3, numberFrom(1, 10)),
      seed,
    },
  },
  "sketch-to-image": {
    smallest: { prompt: "x", input_sketch_asset_url: A_FILE },
    fields: {
      ...drawn,
      input_sketch_asset_url: required(address),
      control_strength: usually(0.7, numberFrom(0, 1)),
    },
  },
  "remove-background": {
    smallest: { input_image_asset_url: A_FILE },
    fields: {
      input_image_asset_url: required(address),
      output_format: usually("png", {
        accepted: ["png", "webp"],
        refused: ["jpeg", "jpg", 7],
      }),
    },
  },
  "search-and-recolor": {
    smallest: { prompt: "x", select_prompt: "cat", input_image_asset_url: A_FILE },
    fields: {
      ...drawn,
      input_image_asset_url: required(address),
      select_prompt: required(wordsUpTo(10_000)),
      grow_mask: usually(3, wholeFrom(0, 20)),
    },
  },
};
