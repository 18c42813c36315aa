import type { Provider } from "../provider_operation.ts";
import { imageToImage } from "./image_to_image.ts";
import { imageToModel } from "./image_to_model.ts";
import { removeBackground } from "./remove_background.ts";
import { searchAndRecolor } from "./search_and_recolor.ts";
import { sketchToImage } from "./sketch_to_image.ts";
import { textToImage } from "./text_to_image.ts";

export const stability: Provider = {
  name: "Stability",
  baseUrl: "https://api.stability.ai",
  operations: [
    imageToImage,
    textToImage,
    imageToModel,
    sketchToImage,
    removeBackground,
    searchAndRecolor,
  ],
};
