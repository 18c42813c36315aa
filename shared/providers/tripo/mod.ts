import type { Provider } from "../provider_operation.ts";
import { imageToModel } from "./image_to_model.ts";
import { pools } from "./pools.ts";
import { refineModel } from "./refine_model.ts";
import { textToModel } from "./text_to_model.ts";

export const tripo = {
  name: "Tripo",
  apiKeySetting: "TRIPO_API_KEY",
  baseUrlSetting: "TRIPO_BASE_URL",
  baseUrl: "https://openapi.tripo3d.ai/v3",
  otherHosts: ["*.tripo3d.ai", "*.tripo3d.com"],
  resultHostsSetting: "TRIPO_RESULT_HOSTS",
  pools,
  operations: [textToModel, imageToModel, refineModel],
} as const satisfies Provider;
