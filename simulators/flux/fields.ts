/**
 * The fields of both families, as far as one field can be judged alone. Unknown fields are ignored,
 * as they are at the service.
 *
 * Source: https://api.bfl.ai/openapi.json
 *
 * @module
 */
import { z } from "zod";
import { FieldError, toFieldFault } from "./errors.ts";
import type { FluxModel } from "./models.ts";
import { isKnownRatio } from "./sizes.ts";

const common = {
  prompt: z.string(),
  seed: z.int().nullish(),
  output_format: z.enum(["jpeg", "png", "webp"]).nullish(),
  webhook_url: z.string().min(1).max(2083).nullish(),
  webhook_secret: z.string().nullish(),
};

const picture = z.string().nullish();
const fourPictures = {
  input_image: picture,
  input_image_2: picture,
  input_image_3: picture,
  input_image_4: picture,
};

const kontextSchema = z.object({
  ...common,
  ...fourPictures,
  aspect_ratio: z.string().refine(isKnownRatio, "expected a ratio from 21:9 to 9:21").nullish(),
  safety_tolerance: z.int().min(0).max(6).optional(),
  prompt_upsampling: z.boolean().optional(),
});

/** 0 leaves the side to the model. */
const side = z.int().refine(
  (value) => value === 0 || value >= 64 && value % 16 === 0,
  "expected at least 64 and a multiple of 16",
).nullish();

const flux2Schema = z.object({
  ...common,
  ...fourPictures,
  input_image_5: picture,
  input_image_6: picture,
  input_image_7: picture,
  input_image_8: picture,
  width: side,
  height: side,
  safety_tolerance: z.int().min(0).max(5).optional(),
  disable_pup: z.boolean().optional(),
  prompt_upsampling: z.boolean().nullish().transform((value) => value ?? undefined),
});

export type Fields = Partial<z.infer<typeof kontextSchema> & z.infer<typeof flux2Schema>> & {
  readonly prompt: string;
};

const schemas: Readonly<Record<FluxModel["family"], z.ZodType<Fields>>> = {
  kontext: kontextSchema,
  "flux-2": flux2Schema,
};

/** A request's fields: as they were sent, and as they were understood. */
export interface Body {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly fields: Fields;
}

/**
 * Reads a JSON body.
 *
 * @throws FieldError when it is no JSON object, or for all fields that are missing or out of range.
 */
export async function readBody(request: Request, family: FluxModel["family"]): Promise<Body> {
  const isJson = /^application\/json\b/.test(request.headers.get("content-type") ?? "");
  const body: unknown = await request.json().catch(() => undefined);
  if (body === undefined) {
    throw new FieldError([
      { type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {} },
    ]);
  }
  const sent = z.record(z.string(), z.unknown()).safeParse(body);
  if (!sent.success || !isJson) {
    const msg = "Input should be a valid dictionary or object to extract fields from";
    throw new FieldError([{ type: "model_attributes_type", loc: ["body"], msg, input: body }]);
  }
  const result = schemas[family].safeParse(sent.data, { reportInput: true });
  if (!result.success) {
    throw new FieldError(result.error.issues.map((issue) => toFieldFault(issue, sent.data)));
  }
  return { sent: sent.data, fields: result.data };
}
