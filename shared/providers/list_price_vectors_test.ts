import assert from "node:assert/strict";
import type { OperationId } from "../contract/operations.ts";
import { listPriceUsd } from "./list_price.ts";

// Typed by hand from the price lists of OpenAI, Stability, Recraft, Black Forest Labs and Tripo, 2026.
// A sum is in the comment behind its vector; none is worked out by code.

type Vector = readonly [
  name: string,
  operation: OperationId,
  /** Without the task_id. */
  body: Readonly<Record<string, unknown>>,
  /** The operator's setting; undefined: the default. */
  model: string | undefined,
  usd: number,
];

const prompt = "A red chair";
const input_image_asset_url =
  "https://project.supabase.co/storage/v1/object/public/inputs/user-id/image.png";
const input_mask_asset_url =
  "https://project.supabase.co/storage/v1/object/public/inputs/user-id/mask.png";
const input_sketch_asset_url =
  "https://project.supabase.co/storage/v1/object/public/inputs/user-id/sketch.png";
const input_model_asset_url =
  "https://project.supabase.co/storage/v1/object/public/inputs/user-id/model.glb";

const openai = { provider: "openai", prompt };
const openaiEdit = { ...openai, input_image_asset_url, size: "1024x1024" };
const flux = { provider: "flux", prompt, input_image_asset_url };
const stability = { provider: "stability", prompt };
const recraft = { provider: "recraft", prompt };
const recraftEdit = { ...recraft, input_image_asset_url };
const recraftInpaint = { ...recraftEdit, input_mask_asset_url };
const tripoText = { provider: "tripo", prompt };
const tripoImage = { provider: "tripo", input_image_asset_urls: [input_image_asset_url] };
const tripoRefine = { provider: "tripo", prompt, input_model_asset_url };

const standard = { quality: "standard" };
const hd = { quality: "hd" };
const detailed = { texture_quality: "detailed" };
const untextured = { texture: false };
const vectorStyle = { style: "vector_illustration" };
const ownStyle = { style_id: "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f" };
const p1 = { model_version: "P1-20260311" };
const p2 = { model_version: "P2-20260801" };

// The price of an image of 1024x1024 by its quality: standard is sent as medium, hd as high.
const ofOpenai: readonly Vector[] = [
  ["OpenAI, defaults", "text-to-image", openai, undefined, 0.013],
  ["OpenAI, standard", "text-to-image", { ...openai, ...standard }, undefined, 0.013],
  ["OpenAI, hd", "text-to-image", { ...openai, ...hd }, undefined, 0.053],
  ["OpenAI, 2 images", "text-to-image", { ...openai, n: 2 }, undefined, 0.026], // 2 × 0.013
  ["OpenAI, 4 images", "text-to-image", { ...openai, n: 4 }, undefined, 0.052], // 4 × 0.013
  ["OpenAI, 3 images, hd", "text-to-image", { ...openai, ...hd, n: 3 }, undefined, 0.159], // 3 × 0.053
  ["OpenAI, a style", "text-to-image", { ...openai, style: "vivid" }, undefined, 0.013],
  [
    "OpenAI, a size by name",
    "text-to-image",
    { ...openai, size: "1024x1024", ...hd },
    undefined,
    0.053,
  ],
  ["2.5 flare", "text-to-image", openai, "gpt-image-2.5-flare", 0.013],
  ["2.5 sunburst", "text-to-image", openai, "gpt-image-2.5-sunburst", 0.013],
  [
    "2.5 sunburst of a date, hd",
    "text-to-image",
    { ...openai, ...hd },
    "gpt-image-2.5-sunburst-2026-09-08",
    0.053,
  ],
  ["2.6 flare", "text-to-image", openai, "gpt-image-2.6-flare", 0.013],
  ["2.6 sunburst, hd", "text-to-image", { ...openai, ...hd }, "gpt-image-2.6-sunburst", 0.053],
  ["2", "text-to-image", openai, "gpt-image-2", 0.053],
  ["2, hd", "text-to-image", { ...openai, ...hd }, "gpt-image-2", 0.211],
  [
    "2 of a date, 2 images, standard",
    "text-to-image",
    { ...openai, ...standard, n: 2 },
    "gpt-image-2-2026-04-21",
    0.106, // 2 × 0.053
  ],
  ["2, 4 images, hd", "text-to-image", { ...openai, ...hd, n: 4 }, "gpt-image-2", 0.844], // 4 × 0.211
  ["OpenAI edit", "image-to-image", openaiEdit, undefined, 0.013],
  ["OpenAI edit, hd", "image-to-image", { ...openaiEdit, ...hd }, undefined, 0.053],
  [
    "OpenAI edit, 2 images, standard",
    "image-to-image",
    { ...openaiEdit, ...standard, n: 2 },
    undefined,
    0.026, // 2 × 0.013
  ],
  [
    "OpenAI edit, transparent",
    "image-to-image",
    { ...openaiEdit, background: "transparent" },
    undefined,
    0.013,
  ],
  ["OpenAI edit by 2", "image-to-image", openaiEdit, "gpt-image-2", 0.053],
  [
    "OpenAI edit by 2, 2 images, hd",
    "image-to-image",
    { ...openaiEdit, ...hd, n: 2 },
    "gpt-image-2",
    0.422, // 2 × 0.211
  ],
];

// One call, one result; 1 credit is a cent.
const ofStability: readonly Vector[] = [
  ["Stability core", "text-to-image", stability, undefined, 0.03],
  [
    "Stability core, every option",
    "text-to-image",
    { ...stability, style_preset: "fantasy-art", aspect_ratio: "16:9", seed: 42 },
    undefined,
    0.03,
  ],
  ["Stability style", "image-to-image", { ...stability, input_image_asset_url }, undefined, 0.05],
  [
    "Stability style, fidelity",
    "image-to-image",
    { ...stability, input_image_asset_url, fidelity: 0.2, output_format: "webp" },
    undefined,
    0.05,
  ],
  [
    "Stability sketch",
    "sketch-to-image",
    { ...stability, input_sketch_asset_url },
    undefined,
    0.05,
  ],
  [
    "Stability sketch, strength",
    "sketch-to-image",
    { ...stability, input_sketch_asset_url, control_strength: 0.3 },
    undefined,
    0.05,
  ],
  [
    "Stability background",
    "remove-background",
    { provider: "stability", input_image_asset_url },
    undefined,
    0.05,
  ],
  [
    "Stability background, WebP",
    "remove-background",
    { provider: "stability", input_image_asset_url, output_format: "webp" },
    undefined,
    0.05,
  ],
  [
    "Stability recolor",
    "search-and-recolor",
    { ...stability, input_image_asset_url, select_prompt: "cat" },
    undefined,
    0.05,
  ],
  [
    "Stability recolor, wide mask",
    "search-and-recolor",
    { ...stability, input_image_asset_url, select_prompt: "cat", grow_mask: 20 },
    undefined,
    0.05,
  ],
  [
    "Stability model",
    "image-to-model",
    { provider: "stability", input_image_asset_urls: [input_image_asset_url] },
    undefined,
    0.04,
  ],
  [
    "Stability model, fine texture and quads",
    "image-to-model",
    {
      ...stability,
      input_image_asset_urls: [input_image_asset_url],
      texture_resolution: 2048,
      remesh: "quad",
    },
    undefined,
    0.04,
  ],
];

const ofRecraft: readonly Vector[] = [
  ["Recraft, defaults", "text-to-image", recraft, undefined, 0.04],
  ["Recraft, 2 images", "text-to-image", { ...recraft, n: 2 }, undefined, 0.08], // 2 × 0.04
  ["Recraft, 6 images", "text-to-image", { ...recraft, n: 6 }, undefined, 0.24], // 6 × 0.04
  ["Recraft, a vector style", "text-to-image", { ...recraft, ...vectorStyle }, undefined, 0.08],
  [
    "Recraft, 3 images of a vector style",
    "text-to-image",
    { ...recraft, ...vectorStyle, substyle: "line_art", n: 3 },
    undefined,
    0.24, // 3 × 0.08
  ],
  [
    "Recraft, a raster style",
    "text-to-image",
    { ...recraft, style: "digital_illustration", substyle: "hand_drawn" },
    undefined,
    0.04,
  ],
  ["Recraft, logos", "text-to-image", { ...recraft, style: "logo_raster" }, undefined, 0.04],
  ["Recraft, any style", "text-to-image", { ...recraft, style: "any" }, undefined, 0.04],
  [
    "Recraft, an id that is no style's beside a vector style",
    "text-to-image",
    { ...recraft, ...vectorStyle, style_id: "custom_style_456" },
    undefined,
    0.08,
  ],
  ["V3", "text-to-image", { ...recraft, model: "recraftv3" }, undefined, 0.04],
  ["V3 vector", "text-to-image", { ...recraft, model: "recraftv3_vector" }, undefined, 0.08],
  [
    "V3 vector, 5 images",
    "text-to-image",
    { ...recraft, model: "recraftv3_vector", n: 5 },
    undefined,
    0.4, // 5 × 0.08
  ],
  ["V2", "text-to-image", { ...recraft, model: "recraftv2" }, undefined, 0.022],
  ["V2 vector", "text-to-image", { ...recraft, model: "recraftv2_vector" }, undefined, 0.044],
  [
    "V2, a vector style",
    "text-to-image",
    { ...recraft, model: "recraftv2", ...vectorStyle },
    undefined,
    0.044,
  ],
  [
    "V2, 2 icons",
    "text-to-image",
    { ...recraft, model: "recraftv2", style: "icon", n: 2 },
    undefined,
    0.088, // 2 × 0.044
  ],
  ["V2, 3 images", "text-to-image", { ...recraft, model: "recraftv2", n: 3 }, undefined, 0.066], // 3 × 0.022
  ["V4", "text-to-image", { ...recraft, model: "recraftv4" }, undefined, 0.04],
  ["V4 vector", "text-to-image", { ...recraft, model: "recraftv4_vector" }, undefined, 0.08],
  ["V4 pro", "text-to-image", { ...recraft, model: "recraftv4_pro" }, undefined, 0.25],
  ["V4 pro vector", "text-to-image", { ...recraft, model: "recraftv4_pro_vector" }, undefined, 0.3],
  [
    "V4 has no styles: a vector style is ignored",
    "text-to-image",
    { ...recraft, model: "recraftv4", ...vectorStyle },
    undefined,
    0.04,
  ],
  ["V4.1", "text-to-image", { ...recraft, model: "recraftv4_1" }, undefined, 0.035],
  ["V4.1, 6 images", "text-to-image", { ...recraft, model: "recraftv4_1", n: 6 }, undefined, 0.21], // 6 × 0.035
  [
    "V4.1 has no styles: icons are ignored",
    "text-to-image",
    { ...recraft, model: "recraftv4_1", style: "icon" },
    undefined,
    0.035,
  ],
  ["V4.1 vector", "text-to-image", { ...recraft, model: "recraftv4_1_vector" }, undefined, 0.08],
  ["V4.1 pro", "text-to-image", { ...recraft, model: "recraftv4_1_pro" }, undefined, 0.21],
  [
    "V4.1 pro vector",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_pro_vector" },
    undefined,
    0.3,
  ],
  [
    "V4.1 pro vector, 6 images",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_pro_vector", n: 6 },
    undefined,
    1.8, // 6 × 0.30
  ],
  ["V4.1 utility", "text-to-image", { ...recraft, model: "recraftv4_1_utility" }, undefined, 0.035],
  [
    "V4.1 utility vector",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_utility_vector" },
    undefined,
    0.08,
  ],
  [
    "V4.1 utility pro",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_utility_pro" },
    undefined,
    0.21,
  ],
  [
    "V4.1 utility pro vector",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_utility_pro_vector" },
    undefined,
    0.3,
  ],
  ["V4.1 flash", "text-to-image", { ...recraft, model: "recraftv4_1_flash" }, undefined, 0.007],
  [
    "V4.1 flash, 4 images",
    "text-to-image",
    { ...recraft, model: "recraftv4_1_flash", n: 4 },
    undefined,
    0.028, // 4 × 0.007
  ],
  [
    "V4 styles",
    "text-to-image",
    { ...recraft, model: "recraftv4_styles", ...ownStyle },
    undefined,
    0.035,
  ],
  [
    "V4 styles vector, 2 images",
    "text-to-image",
    { ...recraft, model: "recraftv4_styles_vector", ...ownStyle, n: 2 },
    undefined,
    0.1, // 2 × 0.05
  ],
  [
    "V4 styles pro",
    "text-to-image",
    { ...recraft, model: "recraftv4_styles_pro", ...ownStyle },
    undefined,
    0.1,
  ],
  [
    "V4 styles pro vector",
    "text-to-image",
    { ...recraft, model: "recraftv4_styles_pro_vector", ...ownStyle },
    undefined,
    0.12,
  ],
  ["Recraft edit", "image-to-image", recraftEdit, undefined, 0.04],
  ["Recraft edit, 2 images", "image-to-image", { ...recraftEdit, n: 2 }, undefined, 0.08], // 2 × 0.04
  [
    "Recraft edit, a vector style",
    "image-to-image",
    { ...recraftEdit, ...vectorStyle },
    undefined,
    0.08,
  ],
  [
    "Recraft edit by V3 vector, 2 images",
    "image-to-image",
    { ...recraftEdit, model: "recraftv3_vector", n: 2 },
    undefined,
    0.16, // 2 × 0.08
  ],
  ["Recraft edit by V4", "image-to-image", { ...recraftEdit, model: "recraftv4" }, undefined, 0.04],
  [
    "Recraft edit by V4.1, 2 images",
    "image-to-image",
    { ...recraftEdit, model: "recraftv4_1", n: 2, strength: 0.9 },
    undefined,
    0.07, // 2 × 0.035
  ],
  ["Recraft inpaint", "image-inpaint", recraftInpaint, undefined, 0.04],
  ["Recraft inpaint, 6 images", "image-inpaint", { ...recraftInpaint, n: 6 }, undefined, 0.24], // 6 × 0.04
  [
    "Recraft inpaint, a vector style",
    "image-inpaint",
    { ...recraftInpaint, ...vectorStyle },
    undefined,
    0.08,
  ],
  [
    "Recraft inpaint by V3 vector, 2 images",
    "image-inpaint",
    { ...recraftInpaint, model: "recraftv3_vector", n: 2 },
    undefined,
    0.16, // 2 × 0.08
  ],
  [
    "Recraft background",
    "remove-background",
    { provider: "recraft", input_image_asset_url },
    undefined,
    0.01,
  ],
];

// Kontext by the image; FLUX.2 by the megapixel: one of output, and one of input.
const ofFlux: readonly Vector[] = [
  ["Flux, defaults", "image-to-image", flux, undefined, 0.04],
  ["Flux, wide", "image-to-image", { ...flux, aspect_ratio: "21:9" }, undefined, 0.04],
  ["Kontext pro", "image-to-image", { ...flux, output_format: "jpeg" }, "flux-kontext-pro", 0.04],
  ["Kontext max", "image-to-image", flux, "flux-kontext-max", 0.08],
  [
    "Kontext max, tall",
    "image-to-image",
    { ...flux, aspect_ratio: "9:16" },
    "flux-kontext-max",
    0.08,
  ],
  ["2 pro", "image-to-image", { ...flux, aspect_ratio: "1:1" }, "flux-2-pro", 0.045], // 0.03 + 0.015
  ["2 pro, wide", "image-to-image", { ...flux, aspect_ratio: "16:9" }, "flux-2-pro", 0.045], // 0.03 + 0.015
  ["2 max", "image-to-image", { ...flux, aspect_ratio: "1:1" }, "flux-2-max", 0.1], // 0.07 + 0.03
  ["2 flex", "image-to-image", { ...flux, aspect_ratio: "1:1" }, "flux-2-flex", 0.1], // 0.05 + 0.05
  ["2 klein 9b", "image-to-image", { ...flux, aspect_ratio: "1:1" }, "flux-2-klein-9b", 0.017], // 0.015 + 0.002
  ["2 klein 4b", "image-to-image", { ...flux, aspect_ratio: "1:1" }, "flux-2-klein-4b", 0.015], // 0.014 + 0.001
];

// 1 credit is a cent. A texture is the default; its quality costs only where there is one.
const ofTripo: readonly Vector[] = [
  ["Tripo text, defaults", "text-to-model", tripoText, undefined, 0.2],
  ["Tripo text, untextured", "text-to-model", { ...tripoText, ...untextured }, undefined, 0.1],
  ["Tripo text, detailed", "text-to-model", { ...tripoText, ...detailed }, undefined, 0.3], // 20 + 10 credits
  [
    "Tripo text, untextured: its quality is not sent",
    "text-to-model",
    { ...tripoText, ...untextured, ...detailed },
    undefined,
    0.1,
  ],
  ["Tripo text, pbr", "text-to-model", { ...tripoText, pbr: true }, undefined, 0.2],
  [
    "Tripo text, untextured: pbr is sent as false",
    "text-to-model",
    { ...tripoText, ...untextured, pbr: true },
    undefined,
    0.1,
  ],
  ["Tripo text, a style", "text-to-model", { ...tripoText, style: "realistic" }, undefined, 0.2],
  [
    "Tripo text, faces and size",
    "text-to-model",
    { ...tripoText, face_limit: 10_000, auto_size: true },
    undefined,
    0.2,
  ],
  [
    "Tripo text, v3.1, detailed, pbr",
    "text-to-model",
    { ...tripoText, model_version: "v3.1-20260211", ...detailed, pbr: true },
    undefined,
    0.3, // 20 + 10 credits
  ],
  [
    "Tripo text, v3.0",
    "text-to-model",
    { ...tripoText, model_version: "v3.0-20250812" },
    undefined,
    0.2,
  ],
  [
    "Tripo text, v2.5, untextured",
    "text-to-model",
    { ...tripoText, model_version: "v2.5-20250123", ...untextured },
    undefined,
    0.1,
  ],
  [
    "Tripo text, a retired version is sent as v2.5",
    "text-to-model",
    { ...tripoText, model_version: "v1.4-20240625", ...detailed },
    undefined,
    0.3, // 20 + 10 credits
  ],
  [
    "Tripo text, the version named default is sent as v2.5",
    "text-to-model",
    { ...tripoText, model_version: "default" },
    undefined,
    0.2,
  ],
  ["Tripo text, P1", "text-to-model", { ...tripoText, ...p1 }, undefined, 0.4],
  [
    "Tripo text, P1, untextured",
    "text-to-model",
    { ...tripoText, ...p1, ...untextured },
    undefined,
    0.3,
  ],
  [
    "Tripo text, P1, detailed",
    "text-to-model",
    { ...tripoText, ...p1, ...detailed },
    undefined,
    0.5,
  ], // 40 + 10 credits
  ["Tripo text, P2", "text-to-model", { ...tripoText, ...p2 }, undefined, 1.1],
  [
    "Tripo text, P2, untextured",
    "text-to-model",
    { ...tripoText, ...p2, ...untextured },
    undefined,
    1,
  ],
  ["Tripo image, defaults", "image-to-model", tripoImage, undefined, 0.3],
  ["Tripo image, untextured", "image-to-model", { ...tripoImage, ...untextured }, undefined, 0.2],
  ["Tripo image, detailed", "image-to-model", { ...tripoImage, ...detailed }, undefined, 0.4], // 30 + 10 credits
  [
    "Tripo image, untextured: its quality is not sent",
    "image-to-model",
    { ...tripoImage, ...untextured, ...detailed },
    undefined,
    0.2,
  ],
  [
    "Tripo image, v2.5, detailed, faces, size, orientation",
    "image-to-model",
    {
      ...tripoImage,
      model_version: "v2.5-20250123",
      ...detailed,
      face_limit: 10_000,
      auto_size: true,
      orientation: "align_image",
    },
    undefined,
    0.4, // 30 + 10 credits
  ],
  [
    "Tripo four views",
    "image-to-model",
    {
      ...tripoImage,
      input_image_asset_urls: Array.from({ length: 4 }, () => input_image_asset_url),
    },
    undefined,
    0.3,
  ],
  [
    "Tripo two views with a hole, detailed, pbr",
    "image-to-model",
    {
      ...tripoImage,
      input_image_asset_urls: [input_image_asset_url, null, input_image_asset_url],
      ...detailed,
      pbr: true,
    },
    undefined,
    0.4, // 30 + 10 credits
  ],
  [
    "Tripo one view among holes, untextured",
    "image-to-model",
    { ...tripoImage, input_image_asset_urls: [input_image_asset_url, "", null], ...untextured },
    undefined,
    0.2,
  ],
  ["Tripo image, P1", "image-to-model", { ...tripoImage, ...p1 }, undefined, 0.5],
  [
    "Tripo image, P1, untextured",
    "image-to-model",
    { ...tripoImage, ...p1, ...untextured },
    undefined,
    0.4,
  ],
  [
    "Tripo image, P1, detailed",
    "image-to-model",
    { ...tripoImage, ...p1, ...detailed },
    undefined,
    0.6,
  ], // 50 + 10 credits
  [
    "Tripo two views, P1, untextured",
    "image-to-model",
    {
      ...tripoImage,
      input_image_asset_urls: [input_image_asset_url, input_image_asset_url],
      ...p1,
      ...untextured,
    },
    undefined,
    0.4,
  ],
  ["Tripo image, P2", "image-to-model", { ...tripoImage, ...p2, pbr: true }, undefined, 1.1],
  [
    "Tripo image, P2, untextured: its quality is not sent",
    "image-to-model",
    { ...tripoImage, ...p2, ...untextured, ...detailed },
    undefined,
    1,
  ],
  ["Tripo refine, defaults", "refine-model", tripoRefine, undefined, 0.1],
  ["Tripo refine, detailed", "refine-model", { ...tripoRefine, ...detailed }, undefined, 0.2],
  ["Tripo refine, pbr", "refine-model", { ...tripoRefine, pbr: true }, undefined, 0.1],
  [
    "Tripo refine of a draft, v2.5, detailed; faces and size are ignored",
    "refine-model",
    {
      ...tripoRefine,
      draft_model_task_id: "tripo-task-id",
      ...detailed,
      pbr: true,
      model_version: "v2.5-20250123",
      face_limit: 20_000,
      auto_size: true,
    },
    undefined,
    0.2,
  ],
  [
    "Tripo refine, P2: the version of the shape does not count",
    "refine-model",
    { ...tripoRefine, ...p2 },
    undefined,
    0.1,
  ],
];

/** In tenths of a cent: every amount of the lists is a whole number of these, and 0.035 is not 0.04. */
const tenthsOfCent = (usd: number): number => Math.round(usd * 1_000);

for (
  const [name, operation, body, model, usd] of [
    ...ofOpenai,
    ...ofStability,
    ...ofRecraft,
    ...ofFlux,
    ...ofTripo,
  ]
) {
  Deno.test(`list price of ${operation}: ${name}`, () => {
    const actual = listPriceUsd(operation, { task_id: "t", ...body }, model);
    assert.equal(tenthsOfCent(actual), tenthsOfCent(usd));
  });
}
