import type { Price } from "../prices.ts";
import { DEFAULT_MODEL, type Quality, type Size } from "./image_parameters.ts";

/** How much a call takes in and puts out. */
interface Tokens {
  readonly textInput: number;
  readonly imageInput: number;
  readonly output: number;
}

/** USD a token: OpenAI's pricing page, the image models 2 to 2.6, read 2026-11. The bill follows these. */
const USD_PER_TOKEN: Tokens = { textInput: 5e-6, imageInput: 8e-6, output: 30e-6 };

interface ModelPrices {
  /** Of a square image of 1024 pixels a side. */
  readonly listUsd: Readonly<Record<Quality, number>>;
  /** The output of the same image, at most. */
  readonly outputTokens: Readonly<Record<Quality, number>>;
}

/** OpenAI's image guide, read 2026-11. No other model that is known is dearer. */
const secondGeneration: ModelPrices = {
  listUsd: { medium: 0.053, high: 0.211 },
  outputTokens: { medium: 1_756, high: 7_024 },
};

/** As tabled by users of the models, 2026-09; the counts follow from the guide's own calculator, too. */
const sunburstAndFlare: ModelPrices = {
  listUsd: { medium: 0.013, high: 0.053 },
  outputTokens: { medium: 439, high: 1_756 },
};

/** By the beginning of the model's name; all others cost what the second generation does. */
const pricesByPrefix: Readonly<Record<string, ModelPrices>> = {
  "gpt-image-2.5-": sunburstAndFlare,
  // Nobody has confirmed that its words for quality weigh as those of 2.5.
  "gpt-image-2.6-": { ...sunburstAndFlare, outputTokens: secondGeneration.outputTokens },
};

/**
 * The output of an image by that of a square one, at most. By the guide's calculator wide and high ones
 * cost less than a square; here they grow with their pixels. `auto` leaves the size to the service: its
 * largest square, 2880 pixels a side, has 3.4 times the tokens.
 */
const MOST_BY_SIZE: Readonly<Record<Size | "auto", number>> = {
  "1024x1024": 1,
  "1792x1024": 1.75,
  "1024x1792": 1.75,
  auto: 3.5,
};

/** The counts are no promise, and a model may put out a few words besides the image. */
const OUTPUT_MARGIN = 1.1;

/** Twice what users measured for an input image of any size in 2026-06: 1,536 parts of 32 pixels a side. */
const MOST_TOKENS_OF_INPUT_IMAGE = 3_072;

/** What the service adds to a prompt: 6 tokens were measured, and up to 41 for each input image. */
const MOST_TOKENS_AROUND_PROMPT = 128;

interface ImagesRequest {
  readonly prompt: string;
  readonly n: number;
  readonly size: Size | "auto";
  readonly quality: Quality;
}

/** What so many tokens cost, in USD. */
export function priceOfTokens({ textInput, imageInput, output }: Tokens): number {
  return textInput * USD_PER_TOKEN.textInput + imageInput * USD_PER_TOKEN.imageInput +
    output * USD_PER_TOKEN.output;
}

/** The list has square images only, and neither the prompt nor the input; the bound has it all. */
export function priceOfImages(
  { prompt, n, size, quality }: ImagesRequest,
  inputImages: number,
  model: string = DEFAULT_MODEL,
): Price {
  const { listUsd, outputTokens } = pricesOf(model);
  const mostTokens: Tokens = {
    // No token is shorter than a byte.
    textInput: new TextEncoder().encode(prompt).length + MOST_TOKENS_AROUND_PROMPT,
    imageInput: inputImages * MOST_TOKENS_OF_INPUT_IMAGE,
    output: Math.ceil(outputTokens[quality] * MOST_BY_SIZE[size] * OUTPUT_MARGIN),
  };
  // Several images were seen to be billed as so many calls, what goes in included.
  return {
    model,
    listUsd: n * listUsd[quality],
    mostUsd: n * priceOfTokens(mostTokens),
    isWhole: size === "1024x1024" && inputImages === 0,
  };
}

function pricesOf(model: string): ModelPrices {
  const prefix = Object.keys(pricesByPrefix).find((known) => model.startsWith(known));
  return pricesByPrefix[prefix ?? ""] ?? secondGeneration;
}
