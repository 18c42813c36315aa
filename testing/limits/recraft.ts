import {
  A_FILE,
  address,
  type Limits,
  numberFrom,
  oneOf,
  optional,
  type ProviderLimits,
  required,
  usually,
  type Values,
  wholeFrom,
  wordsUpTo,
} from "./limits.ts";

const RATIOS = "1:1 2:1 1:2 3:2 2:3 4:3 3:4 5:4 4:5 6:10 14:10 10:14 16:9 9:16".split(" ");
const SIZES = {
  v3: "1024x1024 2048x1024 1024x2048 1365x1024 1024x1707 1820x1024 1024x1820".split(" "),
  v4: "1024x1024 1536x768 768x1536 1280x832 832x1344 768x1344".split(" "),
  pro: "2048x2048 3072x1536 1536x3072 2560x1664 1664x2688 1536x2688".split(" "),
};

const modelsOfV2 = ["recraftv2", "recraftv2_vector"];
const modelsOfV3 = ["recraftv3", "recraftv3_vector"];
const modelsOfV4 = [
  "recraftv4",
  "recraftv4_vector",
  "recraftv4_pro",
  "recraftv4_pro_vector",
  "recraftv4_1",
  "recraftv4_1_vector",
  "recraftv4_1_pro",
  "recraftv4_1_pro_vector",
  "recraftv4_1_utility",
  "recraftv4_1_utility_vector",
  "recraftv4_1_utility_pro",
  "recraftv4_1_utility_pro_vector",
  "recraftv4_1_flash",
];

/** They draw in somebody's own style, and in nothing else. */
const modelsOfStyles = [
  "recraftv4_styles",
  "recraftv4_styles_vector",
  "recraftv4_styles_pro",
  "recraftv4_styles_pro_vector",
];

const STYLE_ID = "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f";

const prompt: Limits = {
  ...required(wordsUpTo(1_000)),
  also: [
    { beside: { model: "recraftv3_vector" }, ...wordsUpTo(1_000) },
    { beside: { model: "recraftv4" }, ...wordsUpTo(10_000) },
    { beside: { model: "recraftv4_1" }, ...wordsUpTo(10_000) },
  ],
};

const sharedStyles = ["realistic_image", "digital_illustration", "vector_illustration"];
const style = optional({
  accepted: ["any", ...sharedStyles, "logo_raster"],
  refused: ["icon", "vivid", "Any", "constructor", 7],
});

const drawn = {
  prompt,
  n: usually(1, wholeFrom(1, 6)),
  style,
  substyle: optional({
    accepted: ["b_and_w", "cyberpunk", "", "x".repeat(100)],
    refused: ["x".repeat(101), "a\0b", 7],
  }),
  // What is no UUID is ignored.
  style_id: optional({
    accepted: [STYLE_ID, "custom_style_123", "x".repeat(100)],
    refused: ["x".repeat(101), "a\0b", 7],
  }),
  response_format: optional(oneOf("url", "b64_json", "png")),
};

/** The second generation draws from words only. */
function withoutV2(...accepted: readonly string[]): Values {
  return { accepted, refused: [...modelsOfV2, ...modelsOfStyles, "recraftv1", 7] };
}

const negativePrompt = optional(wordsUpTo(1_000));

export const recraftLimits: ProviderLimits = {
  "text-to-image": {
    smallest: { prompt: "x" },
    fields: {
      ...drawn,
      model: {
        ...usually("recraftv3", oneOf(...modelsOfV3, ...modelsOfV2, ...modelsOfV4)),
        also: [
          { beside: { style_id: STYLE_ID }, accepted: modelsOfStyles, refused: ["recraftv1"] },
        ],
      },
      style: {
        ...style,
        also: [
          {
            beside: { model: "recraftv2" },
            accepted: [...sharedStyles, "icon"],
            refused: ["any", "logo_raster"],
          },
        ],
      },
      size: {
        accepted: [...SIZES.v3, ...RATIOS],
        refused: ["1536x768", "2048x2048", "1024", "10:6", "1:3", "1024X1024", 1024],
        absent: { becomes: "1:1" },
        also: [
          {
            beside: { model: "recraftv4" },
            accepted: [...SIZES.v4, ...RATIOS],
            refused: ["2048x1024", "2048x2048", "1365x1024"],
          },
          {
            beside: { model: "recraftv4_1_pro" },
            accepted: [...SIZES.pro, ...RATIOS],
            refused: ["1024x1024", "1536x768"],
          },
        ],
      },
    },
  },
  "image-to-image": {
    smallest: { prompt: "x", input_image_asset_url: A_FILE },
    fields: {
      ...drawn,
      model: usually("recraftv3", withoutV2(...modelsOfV3, ...modelsOfV4)),
      input_image_asset_url: required(address),
      negative_prompt: negativePrompt,
      strength: usually(0.2, numberFrom(0, 1)),
    },
  },
  "image-inpaint": {
    smallest: { prompt: "x", input_image_asset_url: A_FILE, input_mask_asset_url: A_FILE },
    fields: {
      ...drawn,
      prompt: required(wordsUpTo(1_000)),
      model: usually("recraftv3", {
        accepted: modelsOfV3,
        refused: [...modelsOfV2, ...modelsOfV4, ...modelsOfStyles, 7],
      }),
      input_image_asset_url: required(address),
      input_mask_asset_url: required(address),
      negative_prompt: negativePrompt,
    },
  },
  "remove-background": {
    smallest: { input_image_asset_url: A_FILE },
    fields: {
      input_image_asset_url: required(address),
      response_format: optional(oneOf("url", "b64_json", "png")),
    },
  },
};
