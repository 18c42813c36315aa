import { DEFAULT_POOL, type Provider } from "../provider_operation.ts";
import { DEFAULT_MODEL } from "./image_parameters.ts";
import { imageToImage } from "./image_to_image.ts";
import { textToImage } from "./text_to_image.ts";

export const openai = {
  name: "OpenAI",
  apiKeySetting: "OPENAI_API_KEY",
  baseUrlSetting: "OPENAI_BASE_URL",
  baseUrl: "https://api.openai.com/v1",
  model: { setting: "OPENAI_IMAGE_MODEL", default: DEFAULT_MODEL },
  pools: [DEFAULT_POOL],
  operations: [imageToImage, textToImage],
} as const satisfies Provider;
