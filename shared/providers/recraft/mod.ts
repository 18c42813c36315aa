import { DEFAULT_POOL, type Provider } from "../provider_operation.ts";
import { imageInpaint } from "./image_inpaint.ts";
import { imageToImage } from "./image_to_image.ts";
import { removeBackground } from "./remove_background.ts";
import { textToImage } from "./text_to_image.ts";

export const recraft = {
  name: "Recraft",
  apiKeySetting: "RECRAFT_API_KEY",
  baseUrlSetting: "RECRAFT_BASE_URL",
  baseUrl: "https://external.api.recraft.ai/v1",
  otherHosts: ["img.recraft.ai"],
  resultHostsSetting: "RECRAFT_RESULT_HOSTS",
  pools: [DEFAULT_POOL],
  operations: [
    imageToImage,
    textToImage,
    imageInpaint,
    removeBackground,
  ],
} as const satisfies Provider;
