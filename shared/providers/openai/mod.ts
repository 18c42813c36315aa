import { offer, type Provider } from "../provider.ts";
import { imageToImage } from "./image_to_image.ts";
import { textToImage } from "./text_to_image.ts";

export const openai: Provider = { offers: [offer(imageToImage), offer(textToImage)] };
