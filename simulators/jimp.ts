import { createJimp } from "@jimp/core";
import jpeg from "@jimp/js-jpeg";
import png from "@jimp/js-png";
import webp from "@jimp/wasm-webp";

/** The image library with the three formats of the providers and none of its effects. */
export const Jimp = createJimp({ formats: [jpeg, png, webp], plugins: [] });
