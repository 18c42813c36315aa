/**
 * Requests for a new surface, which is what became of "refine".
 *
 * Source: https://developers.tripo3d.ai/en/docs/models-texture
 *
 * @module
 */
import { type ErrorName, TripoError } from "./errors.ts";
import { type Body, readBody, type TextureFields, textureSchema } from "./fields.ts";
import { NEWEST_TEXTURE_MODEL, refuseRetired, textureModels } from "./models.ts";
import { priceTexture } from "./prices.ts";
import { type Account, readModelSource, type Source } from "./sources.ts";
import type { TaskRequest } from "./tasks.ts";

/** Reads `POST /models/texture`. */
export async function readTexture(request: Request, account: Account): Promise<TaskRequest> {
  const body = await readBody(request, textureSchema);
  refuseRetired(body.fields.model);
  const rule = rules.find(({ isBroken }) => isBroken(body.fields));
  if (rule !== undefined) throw new TripoError(rule.error ?? "invalid_parameter", rule.message);

  const { input, original_model_task_id } = body.fields;
  const value = input ?? original_model_task_id;
  if (value === undefined) throw new TripoError("invalid_parameter", "input: missing");
  const source = await readModelSource(value, "input", account);
  if (source.kind === "file" && body.fields.texture_prompt?.text === undefined) {
    throw new TripoError("invalid_parameter", "texture_prompt: a foreign model needs one");
  }
  return describeTexture(body, source);
}

interface Rule {
  readonly isBroken: (fields: TextureFields) => boolean;
  readonly message: string;
  /** Default: `invalid_parameter`. */
  readonly error?: ErrorName;
}

const rules: readonly Rule[] = [
  {
    isBroken: ({ model }) => !textureModels.some((name) => name === model),
    message: "model: not one that makes surfaces",
  },
  {
    isBroken: ({ texture, pbr, texture_quality }) =>
      !texture && !pbr && texture_quality === "standard",
    message: "texture: there is nothing to do",
  },
  {
    isBroken: ({ texture_quality, model }) =>
      texture_quality === "fast" && model !== NEWEST_TEXTURE_MODEL,
    message: `texture_quality: 'fast' needs model '${NEWEST_TEXTURE_MODEL}'`,
  },
  {
    isBroken: ({ delight, model }) => delight !== undefined && model !== NEWEST_TEXTURE_MODEL,
    message: `delight: needs model '${NEWEST_TEXTURE_MODEL}'`,
  },
  {
    isBroken: ({ texture_prompt = {} }) =>
      promptForms.filter((form) => texture_prompt[form] !== undefined).length > 1,
    message: `texture_prompt: expected one of ${["text", "image", "images"].join(", ")}`,
  },
  {
    isBroken: ({ texture_prompt }) =>
      texture_prompt?.["style_image"] !== undefined && texture_prompt.text === undefined,
    message: "texture_prompt.style_image: needs a text",
  },
  {
    isBroken: ({ texture_prompt }) =>
      texture_prompt !== undefined &&
      promptForms.every((form) => texture_prompt[form] === undefined),
    message: "texture_prompt: it is empty",
  },
  {
    isBroken: ({ texture_prompt = {}, compress, part_names }) =>
      ["image", "images", "style_image"].some((form) => texture_prompt[form] !== undefined) ||
      compress !== undefined || part_names !== undefined,
    message: "Pictures as prompts, compress and part_names are not simulated",
    error: "not_simulated",
  },
];

const promptForms = ["text", "image", "images"] as const;

function describeTexture(
  { sent, fields }: Body<TextureFields>,
  source: Source,
): TaskRequest {
  const prompt = fields.texture_prompt?.text ?? "";
  const file = source.kind === "file" ? source.file.description : undefined;
  const origin = source.kind === "task" ? source.task.order.seed : source.file.description.sha256;
  return {
    operation: "refine-model",
    model: fields.model,
    pool: "processing",
    text: [prompt, file?.name ?? ""].join(" "),
    record: { ...sent, ...(file && { input: file }) },
    order: {
      type: "texture_model",
      caption: { prompt, operation: "refine-model", provider: "tripo" },
      inputs: source.kind === "task" ? source.task.order.inputs : undefined,
      credits: priceTexture(fields),
      input: { ...sent, texture: fields.texture, pbr: fields.pbr },
      seed: ["texture_model", prompt, origin].join("\n"),
      textured: true,
    },
  };
}
