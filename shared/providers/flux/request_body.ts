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
    ...expansionOf(model, prompt_upsampling),
  };
}

/** Each line has a field of its own for what is on unless it is switched off; the small one has none. */
function expansionOf(
  model: string,
  isWanted: boolean,
): { readonly disable_pup?: boolean; readonly prompt_upsampling?: boolean } {
  if (model.startsWith("flux-2-klein")) return {};
  return model.startsWith("flux-2-flex")
    ? { prompt_upsampling: isWanted }
    : { disable_pup: !isWanted };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a megapixel may be exceeded by, so that 21:9 keeps its shape (1568 by 672); still billed as one. */
const EXCESS = 1.005;

/** About a megapixel, because each begun one is billed; nothing without a ratio, so that the input's shape is kept. */
function sizeOf(ratio: string | undefined): Partial<Size> {
  if (ratio === undefined) return {};
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  const shape = width / height;
  const candidates = onGrid(Math.sqrt(PIXELS * shape)).flatMap((width) =>
    onGrid(Math.sqrt(PIXELS / shape)).map((height): Size => ({ width, height }))
  ).filter(({ width, height }) => width * height <= PIXELS * EXCESS);
  return candidates.reduce((best, size) =>
    oddness(size, shape) < oddness(best, shape) ? size : best
  );
}

/** The sides beside a length, the shorter one first. */
function onGrid(length: number): readonly number[] {
  return [Math.floor(length / GRID) * GRID, Math.ceil(length / GRID) * GRID];
}

/** How far a size is from the shape, and, as far as that leaves a choice, from a megapixel. */
function oddness({ width, height }: Size, shape: number): number {
  return Math.abs(Math.log(width / height / shape)) +
    Math.abs(Math.log(width * height / PIXELS)) / 5;
}
