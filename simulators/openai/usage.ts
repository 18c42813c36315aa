/**
 * Token counts that look like those of the real service; only their order of
 * magnitude is meant.
 *
 * @module
 */
import type { ImageRequest } from "./image_request.ts";
import type { Rendering } from "./rendering.ts";
import type { Size } from "./sizes.ts";

type OutputTokens = Readonly<Record<Rendering["quality"], number>>;

/**
 * Output tokens of one picture of 1024x1024: what the published prices of gpt-image-2 follow from
 * (https://developers.openai.com/api/docs/guides/image-generation), and as much for the first
 * generation. It has no xhigh and no max.
 */
const outputTokens: OutputTokens = {
  low: 196,
  medium: 1_756,
  high: 7_024,
  xhigh: 7_024,
  max: 7_024,
};

/** The same words weigh less since 2.5. */
const outputTokensSince25: OutputTokens = {
  low: 196,
  medium: 439,
  high: 1_756,
  xhigh: 3_122,
  max: 7_024,
};

const CHARACTERS_PER_TOKEN = 4;
const INPUT_TILE_SIDE = 32;
const MAXIMUM_INPUT_TILES = 1_536;

/** The `usage` object of an answer. */
export function estimateUsage(
  { fields, images }: ImageRequest,
  { model, size, quality, count }: Rendering,
): Record<string, unknown> {
  const text = Math.ceil(fields.prompt.length / CHARACTERS_PER_TOKEN);
  const input = images.reduce((sum, image) => sum + inputTokens(image), 0);
  const share = (size.width * size.height) / (1024 * 1024);
  const square = /^gpt-image-2\.\d/.test(model) ? outputTokensSince25 : outputTokens;
  const output = count * Math.ceil(square[quality] * share);
  return {
    input_tokens: text + input,
    input_tokens_details: { text_tokens: text, image_tokens: input },
    output_tokens: output,
    output_tokens_details: { image_tokens: output, text_tokens: 0 },
    total_tokens: text + input + output,
  };
}

function inputTokens({ width, height }: Size): number {
  const tiles = Math.ceil(width / INPUT_TILE_SIDE) * Math.ceil(height / INPUT_TILE_SIDE);
  return Math.min(tiles, MAXIMUM_INPUT_TILES);
}
