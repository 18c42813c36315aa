/**
 * The fields of requests, as far as one field can be judged alone. Unknown fields pass, as they do at
 * the service.
 *
 * Sources: https://developers.tripo3d.ai/en/docs/generation-text-to-model/standard and its
 * neighbours for images and several views.
 *
 * @module
 */
import { z } from "zod";
import { textUpTo } from "../text_up_to.ts";
import { TripoError } from "./errors.ts";
import { DEFAULT_TEXTURE_MODEL, textureModels } from "./models.ts";

const common = {
  model: z.string(),
  texture: z.boolean().default(true),
  pbr: z.boolean().default(true),
  texture_quality: z.enum(["standard", "detailed", "extreme", "fast"]).default("standard"),
  texture_version: z.enum(textureModels).optional(),
  texture_seed: z.int().optional(),
  model_seed: z.int().optional(),
  face_limit: z.int().optional(),
  auto_size: z.boolean().default(false),
  geometry_quality: z.enum(["standard", "detailed"]).optional(),
  quad: z.boolean().optional(),
  smart_low_poly: z.boolean().optional(),
  generate_parts: z.boolean().optional(),
  compress: z.enum(["geometry"]).optional(),
  export_uv: z.boolean().optional(),
  export_orientation: z.enum(["+x", "-x", "+y", "-y"]).optional(),
};

const ofPictures = {
  ...common,
  texture_alignment: z.enum(["original_image", "geometry"]).optional(),
  orientation: z.enum(["default", "align_image"]).optional(),
};

export const textToModelSchema = z.looseObject({
  ...common,
  prompt: textUpTo(1_024),
  negative_prompt: z.string().max(255).optional(),
  image_seed: z.int().optional(),
});

/** A file in V2's form, which still works. */
const fileObject = z.looseObject({
  type: z.string().optional(),
  url: z.string().optional(),
  file_token: z.string().optional(),
  object: z.unknown().optional(),
});
const reference = z.union([z.string(), fileObject]);

/** Where a file is: an address, a token, or the id of a task. */
export type Reference = z.infer<typeof reference>;

export const imageToModelSchema = z.looseObject({
  ...ofPictures,
  input: z.string().optional(),
  file: fileObject.optional(),
  enable_image_autofix: z.boolean().optional(),
});

/** The order in which views stand that have no names. */
export const viewNames = ["front", "left", "back", "right"] as const;
export type ViewName = typeof viewNames[number];

const view = z.strictObject({
  front: reference.optional(),
  left: reference.optional(),
  back: reference.optional(),
  right: reference.optional(),
});

export const multiviewToModelSchema = z.looseObject({
  ...ofPictures,
  inputs: z.union([z.array(z.string()).length(viewNames.length), z.array(view)]).optional(),
});

export const textureSchema = z.looseObject({
  input: z.string().optional(),
  original_model_task_id: z.string().optional(),
  model: z.string().default(DEFAULT_TEXTURE_MODEL),
  texture_prompt: z.looseObject({ text: z.string().min(1).max(1024).optional() }).optional(),
  texture: z.boolean().default(true),
  pbr: z.boolean().default(true),
  texture_quality: common.texture_quality,
  texture_alignment: ofPictures.texture_alignment,
  texture_seed: z.int().optional(),
  delight: z.boolean().optional(),
  bake: z.boolean().optional(),
  compress: common.compress,
});

export type TextureFields = z.infer<typeof textureSchema>;

export const importSchema = z.looseObject({ input: z.string() });

export type GenerationFields = z.infer<
  typeof textToModelSchema | typeof imageToModelSchema | typeof multiviewToModelSchema
>;

/** A request's fields: as they were sent, and as they were understood. */
export interface Body<Fields> {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly fields: Fields;
}

/**
 * Reads a JSON body with a schema.
 *
 * @throws TripoError when it is no JSON object, or for the first field that is missing or out of range.
 */
export async function readBody<Fields>(
  request: Request,
  schema: z.ZodType<Fields>,
): Promise<Body<Fields>> {
  if (!/^application\/json\b/.test(request.headers.get("content-type") ?? "")) {
    throw new TripoError("wrong_content_type");
  }
  const body: unknown = await request.json().catch(() => undefined);
  const sent = z.record(z.string(), z.unknown()).safeParse(body);
  if (!sent.success) throw new TripoError("malformed_body");
  return { sent: sent.data, fields: readFields(sent.data, schema) };
}

/** @throws TripoError for the first field that is missing or out of range. */
export function readFields<Fields>(sent: unknown, schema: z.ZodType<Fields>): Fields {
  const result = schema.safeParse(sent);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new TripoError("invalid_parameter", `${issue?.path.join(".")}: ${issue?.message}`);
}
