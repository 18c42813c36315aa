import type { Provider } from "../provider_operation.ts";
import { imageToImage, pools } from "./image_to_image.ts";
import { DEFAULT_MODEL } from "./prices.ts";

export const flux = {
  name: "Flux",
  apiKeySetting: "FLUX_API_KEY",
  baseUrlSetting: "FLUX_BASE_URL",
  baseUrl: "https://api.bfl.ai/v1",
  otherHosts: ["*.bfl.ai"],
  resultHosts: ["bfldeliveryprod.blob.core.windows.net", "bfldeliverysc.blob.core.windows.net"],
  resultHostsSetting: "FLUX_RESULT_HOSTS",
  model: { setting: "FLUX_MODEL", default: DEFAULT_MODEL },
  // https://docs.bfl.ai/api-reference/models: 2, of 0 to 6
  mostOf: {
    safety_tolerance: { setting: "FLUX_MAX_SAFETY_TOLERANCE", default: 2, most: 6 },
  },
  pools,
  operations: [imageToImage],
} as const satisfies Provider;
