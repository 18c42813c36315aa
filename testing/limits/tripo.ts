import {
  A_FILE,
  address,
  flag,
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

const versionNames = [
  "v3.1-20260211",
  "v3.0-20250812",
  "v2.5-20250123",
  "P1-20260311",
  "P2-20260801",
  "v2.0-20240919",
  "v1.4-20240625",
  "v1.3-20240522",
  "Turbo-v1.0-20250506",
  "default",
];
const versions = oneOf(...versionNames);

/** Bounds of any model; what one cannot make is sent as near as it can. */
const faceLimit = optional(wholeFrom(48, 1_500_000));
const textureQuality = usually("standard", oneOf("standard", "detailed"));

const made = {
  texture: usually(true, flag),
  pbr: usually(false, flag),
  texture_quality: textureQuality,
  model_version: usually("v3.1-20260211", versions),
  face_limit: faceLimit,
  auto_size: usually(false, flag),
};

const views: Values = {
  accepted: [
    [A_FILE],
    [A_FILE, A_FILE, A_FILE, A_FILE],
    [A_FILE, null, "", A_FILE],
    [A_FILE, "", "", ""],
    ["x".repeat(2_000)],
  ],
  refused: [
    [],
    [A_FILE, A_FILE, A_FILE, A_FILE, A_FILE],
    [null],
    [""],
    [null, A_FILE],
    ["", A_FILE, A_FILE, A_FILE],
    [A_FILE, 7],
    [A_FILE, "x".repeat(2_001)],
    [[A_FILE]],
    A_FILE,
    { 0: A_FILE },
  ],
};

export const tripoLimits: ProviderLimits = {
  "text-to-model": {
    smallest: { prompt: "x" },
    fields: {
      ...made,
      prompt: required(wordsUpTo(1_024)),
      style: optional(wordsUpTo(100)),
    },
  },
  "image-to-model": {
    smallest: { input_image_asset_urls: [A_FILE] },
    fields: {
      ...made,
      input_image_asset_urls: required(views),
      prompt: optional(wordsUpTo(32_000)),
      orientation: usually("default", oneOf("default", "align_image")),
    },
  },
  "refine-model": {
    smallest: { prompt: "x", input_model_asset_url: A_FILE },
    fields: {
      input_model_asset_url: required(address),
      // A file has no prompt of its own; an earlier task has.
      prompt: {
        ...required(wordsUpTo(1_024)),
        also: [{ beside: { draft_model_task_id: "task" }, ...wordsUpTo(1_024) }],
      },
      draft_model_task_id: optional(textUpTo(200)),
      // Without either there is nothing to do.
      texture: { ...usually(true, flag), beside: { pbr: true } },
      pbr: usually(false, flag),
      texture_quality: textureQuality,
      model_version: optional(oneOf(...versionNames, "v3.5-20260815")),
      face_limit: faceLimit,
      auto_size: optional(flag),
    },
  },
};
