import { DEFAULT_POOL, type Provider } from "../provider_operation.ts";
import { imageToImage } from "./image_to_image.ts";
import { imageToModel } from "./image_to_model.ts";
import { removeBackground } from "./remove_background.ts";
import { searchAndRecolor } from "./search_and_recolor.ts";
import { sketchToImage } from "./sketch_to_image.ts";
import { textToImage } from "./text_to_image.ts";

export const stability = {
  name: "Stability",
  apiKeySetting: "STABILITY_API_KEY",
  baseUrlSetting: "STABILITY_BASE_URL",
  baseUrl: "https://api.stability.ai",
  pools: [DEFAULT_POOL],
  operations: [
    imageToImage,
    textToImage,
    imageToModel,
    sketchToImage,
    removeBackground,
    searchAndRecolor,
  ],
} as const satisfies Provider;
