import type { Provider } from "../provider_operation.ts";
import { imageToImage } from "./image_to_image.ts";

export const flux: Provider = {
  name: "Flux",
  baseUrl: "https://api.bfl.ai/v1",
  otherHosts: ["*.bfl.ai"],
  model: { setting: "FLUX_MODEL", default: "flux-kontext-pro" },
  operations: [imageToImage],
};
