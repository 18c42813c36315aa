import type { EditFields } from "./image_to_image.ts";

const PIXELS = 1024 * 1024;
/** Sides have to be multiples of 16; of 32 is the safe grid. */
const GRID = 32;

/**
 * The body of a call, in the fields of the model's family: FLUX.2 takes width and height, expands
 * prompts unless told not to, and is not as tolerant (https://docs.bfl.ai/api-reference/models).
 *
 * @param image Base64, without a `data:` prefix.
 */
export function requestBody(
  model: string,
  fields: EditFields,
  image: string,
): Record<string, string | number | boolean | undefined> {
  if (!model.startsWith("flux-2-")) return { ...fields, input_image: image };
  const { aspect_ratio, prompt_upsampling, safety_tolerance, ...rest } = fields;
  return {
    ...rest,
    ...sizeOf(aspect_ratio),
    input_image: image,
    safety_tolerance: Math.min(safety_tolerance, 5),
    disable_pup: !prompt_upsampling,
  };
}

/** At most a megapixel, because each begun one is billed; nothing without a ratio, so that the input's shape is kept. */
function sizeOf(ratio: string | undefined): { readonly width?: number; readonly height?: number } {
  if (ratio === undefined) return {};
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  const scale = Math.sqrt(PIXELS / (width * height));
  const toGrid = (side: number): number => Math.floor((side * scale) / GRID) * GRID;
  return { width: toGrid(width), height: toGrid(height) };
}
