/**
 * The fields of requests apart from their pictures, as far as one field can be judged alone.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import { z } from "zod";
import { toNumber } from "../form_parts.ts";
import { RecraftError } from "./errors.ts";

const rgb = z.tuple([channel(), channel(), channel()]);

const controls = z.strictObject({
  colors: z.array(z.strictObject({ rgb, weight: z.number().optional() })).optional(),
  background_color: z.strictObject({ rgb }).optional(),
  artistic_level: z.int().min(0).max(5).optional(),
  no_text: z.boolean().optional(),
});

const point = z.tuple([z.number(), z.number()]);
const textLayout = z.array(
  z.strictObject({ text: z.string().min(1), bbox: z.tuple([point, point, point, point]) }),
);

const outputFields = {
  response_format: z.enum(["url", "b64_json"]).optional(),
  image_format: z.enum(["webp", "png"]).optional(),
  expire: z.boolean().optional(),
};

const imageFields = {
  ...outputFields,
  prompt: z.string().min(1),
  model: z.string().optional(),
  n: z.int().min(1).max(6).optional(),
  style: z.string().optional(),
  substyle: z.string().optional(),
  style_id: z.guid().optional(),
  style_match: z.enum(["regular", "precise", "flexible"]).optional(),
  negative_prompt: z.string().optional(),
  random_seed: z.int().min(0).max(4_294_967_295).optional(),
  controls: controls.optional(),
  text_layout: textLayout.optional(),
  creativity: z.enum(["simple", "standard", "eccentric"]).optional(),
  block_nsfw: z.boolean().optional(),
  calculate_features: z.boolean().optional(),
};

const upscale = z.enum(["upscale4mp", "upscale16mp"]).optional();

export const generationFields = z.strictObject({
  ...imageFields,
  size: z.string().optional(),
  upscale,
  style_reference_urls: z.unknown().optional(),
  style_references: z.unknown().optional(),
});

export const imageToImageFields = z.strictObject({
  ...imageFields,
  strength: z.number().min(0).max(1).multipleOf(0.01),
});

export const inpaintFields = z.strictObject(imageFields);

export const removeBackgroundFields = z.strictObject({ ...outputFields, upscale });

export type OutputFields = z.infer<typeof removeBackgroundFields>;
/** What the endpoints with a prompt have; some is of one endpoint only. */
export type ImageFields = z.infer<typeof inpaintFields> & Partial<z.infer<typeof generationFields>>;

function channel(): z.ZodInt {
  return z.int().min(0).max(255);
}

/** Forms carry text only; these fields stand for other types. */
const formReaders: Readonly<Record<string, (text: string) => unknown>> = {
  n: toNumber,
  strength: toNumber,
  random_seed: toNumber,
  block_nsfw: toBoolean,
  calculate_features: toBoolean,
  expire: toBoolean,
  controls: parseJson,
  text_layout: parseJson,
};

/** The value that a part of a form stands for. */
export function readFormValue(name: string, value: string | File): unknown {
  const read = Object.hasOwn(formReaders, name) ? formReaders[name] : undefined;
  return typeof value === "string" && read !== undefined ? read(value) : value;
}

function toBoolean(text: string): boolean | string {
  return text === "true" ? true : text === "false" ? false : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Reads fields with a schema.
 *
 * @throws RecraftError for the first field that is missing, unknown or out of range.
 */
export function readFields<Fields>(schema: z.ZodType<Fields>, value: unknown): Fields {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const name = unknown ?? issue?.path.join(".");
  throw new RecraftError("invalid_parameter", `${name || "body"}: ${issue?.message}`);
}
