import { offer, type Provider } from "../provider.ts";
import { textToImage } from "./text_to_image.ts";

export const openai: Provider = { offers: [offer(textToImage)] };
