/**
 * Requests for pictures.
 *
 * Source: https://docs.bfl.ai/api-reference/models
 *
 * @module
 */
import type { ImageFormat, Shown } from "../images.ts";
import { FluxError, valueError } from "./errors.ts";
import { type Body, type Fields, readBody } from "./fields.ts";
import { type InputImage, readInputImages } from "./input_images.ts";
import { type FluxModel, type ModelName, models, prices } from "./models.ts";
import { fitMegapixel, MEGAPIXEL, parseRatio, ratioOf, type Size, toMegapixels } from "./sizes.ts";

export const operations = ["text-to-image", "image-to-image"] as const;

/** What a job is to make. */
export interface PictureOrder extends Shown {
  readonly prompt: string;
  readonly size: Size;
  readonly format: ImageFormat;
  /** What the picture depends on. */
  readonly seed: string;
  /** The number that the service says it has used. */
  readonly reportedSeed: number;
  /** Whether the service first thinks the prompt over. */
  readonly reasons: boolean;
  readonly credits: number;
  readonly inputMegapixels: number;
}

/** A valid request. */
export interface PictureRequest {
  readonly operation: typeof operations[number];
  readonly model: ModelName;
  readonly order: PictureOrder;
  /** The request as the ledger shows it. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** In megapixels, of an output. */
const MAXIMUM_OUTPUT = 4;
/** In megapixels, of all inputs and the output; known of the pro model alone. */
const MAXIMUM_TOTAL = 9;

const defaultFormats: Readonly<Record<FluxModel["family"], ImageFormat>> = {
  kontext: "png",
  "flux-2": "jpeg",
};

/**
 * Reads a request to one of the models.
 *
 * @throws FieldError when a field or a picture is invalid.
 */
export async function readPictureRequest(
  request: Request,
  model: ModelName,
): Promise<PictureRequest> {
  const { family } = models[model];
  const body = await readBody(request, family);
  const { fields } = body;
  // The answer has another form, and the result goes elsewhere.
  if (typeof fields.webhook_url === "string") throw new FluxError("not_simulated");
  const images = await readInputImages(fields);
  const size = resolveSize(fields, images[0]);
  const megapixels = { input: toMegapixels(images), output: toMegapixels([size]) };
  if (family === "flux-2") checkBudget(model, size, megapixels.input);
  const operation = images.length === 0 ? "text-to-image" : "image-to-image";
  return {
    operation,
    model,
    record: describe(body, images),
    order: {
      prompt: fields.prompt,
      caption: { prompt: fields.prompt, operation, provider: "flux" },
      inputs: images.map(({ miniature }) => miniature),
      size,
      format: fields.output_format ?? defaultFormats[family],
      seed: [model, fields.prompt, fields.seed ?? "", ...hashes(images)].join("\n"),
      reportedSeed: fields.seed ?? 42,
      reasons: isThoughtOver(model, fields),
      credits: prices[model](megapixels),
      inputMegapixels: megapixels.input,
    },
  };
}

function resolveSize(
  { width, height, aspect_ratio }: Fields,
  firstImage: InputImage | undefined,
): Size {
  if (width && height) return { width, height };
  // What the model makes of one side alone is not documented.
  if (width || height) throw new FluxError("not_simulated");
  const asked = typeof aspect_ratio === "string" ? parseRatio(aspect_ratio) : undefined;
  return fitMegapixel(asked ?? (firstImage === undefined ? 1 : ratioOf(firstImage)));
}

/** All that have a field for it do so unless they are told not to. */
function isThoughtOver(model: ModelName, { disable_pup, prompt_upsampling }: Fields): boolean {
  const { expansion } = models[model];
  if (expansion === undefined) return false;
  return expansion === "disable_pup" ? disable_pup !== true : prompt_upsampling !== false;
}

function checkBudget(
  model: ModelName,
  { width, height }: Size,
  inputMegapixels: number,
): void {
  const output = width * height / MEGAPIXEL;
  if (output > MAXIMUM_OUTPUT) {
    throw valueError("width", width, "the output has more than 4 megapixels");
  }
  if (model === "flux-2-pro" && inputMegapixels + output > MAXIMUM_TOTAL) {
    throw valueError("input_image", null, "inputs and output have more than 9 megapixels");
  }
}

function describe({ sent }: Body, images: readonly InputImage[]): Record<string, unknown> {
  const described = images.map(({ field, description }) => [field, description] as const);
  return { ...sent, ...Object.fromEntries(described) };
}

function hashes(images: readonly InputImage[]): readonly string[] {
  return images.map(({ description }) => description.sha256);
}
