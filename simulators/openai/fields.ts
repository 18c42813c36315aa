/**
 * The fields of image requests, as far as one field can be judged alone.
 *
 * Source: the parameters of `resources/images` in
 * https://github.com/openai/openai-node
 *
 * @module
 */
import { z } from "zod";
import { textUpTo } from "../text_up_to.ts";
import { toFieldError } from "./field_error.ts";

const commonFields = {
  prompt: textUpTo(32_000),
  model: z.string().min(1).optional(),
  n: z.int().min(1).max(10).optional(),
  size: z.string().optional(),
  quality: z.enum(["low", "medium", "high", "xhigh", "max", "auto"]).optional(),
  background: z.enum(["transparent", "opaque", "auto"]).optional(),
  // gif and svg are a preview that ordinary accounts have no access to.
  output_format: z.enum(["png", "jpeg", "webp"]).optional(),
  output_compression: z.int().min(0).max(100).optional(),
  complexity: z.enum(["low", "medium", "high"]).optional(),
  stream: z.boolean().optional(),
  partial_images: z.int().min(0).max(3).optional(),
  safety_identifier: z.string().min(1).optional(),
  user: z.string().optional(),
};
const moderation = z.enum(["auto", "low"]).optional();
const inputFidelity = z.enum(["high", "low"]).optional();

const imageReference = z.strictObject({
  image_url: z.string().optional(),
  file_id: z.string().optional(),
});

export type ImageReference = z.infer<typeof imageReference>;

export const generationSchema = z.strictObject({ ...commonFields, moderation });

/**
 * The parts of a multipart edit that are not files. It knows no `moderation`.
 */
export const editFormSchema = z.strictObject({ ...commonFields, input_fidelity: inputFidelity });

export const editJsonSchema = z.strictObject({
  ...commonFields,
  moderation,
  input_fidelity: inputFidelity,
  images: z.array(imageReference).min(1).max(16),
  mask: imageReference.optional(),
});

/** What every image request has once its fields are read. */
export type ImageFields =
  & z.infer<typeof generationSchema>
  & Pick<z.infer<typeof editFormSchema>, "input_fidelity">;

/**
 * Reads fields with a schema.
 *
 * @throws OpenAiError for the first field that is missing, unknown or out of
 * range.
 */
export function readFields<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw result.error;
  throw toFieldError(issue);
}
