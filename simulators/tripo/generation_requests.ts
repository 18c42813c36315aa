/**
 * Requests for new models.
 *
 * @module
 */
import type { Bitmap } from "../drawing/bitmap.ts";
import type { FileDescription } from "../ledger.ts";
import { TripoError } from "./errors.ts";
import {
  type Body,
  type GenerationFields,
  imageToModelSchema,
  multiviewToModelSchema,
  readBody,
  type Reference,
  textToModelSchema,
  type ViewName,
  viewNames,
} from "./fields.ts";
import { checkGeneration, hasSurface } from "./generation_rules.ts";
import { priceGeneration } from "./prices.ts";
import { type Account, readImageSource } from "./sources.ts";
import type { TaskOrder, TaskRequest } from "./tasks.ts";

/** Reads `POST /generation/text-to-model`. */
export async function readTextToModel(request: Request): Promise<TaskRequest> {
  const body = await readBody(request, textToModelSchema);
  const { prompt, negative_prompt = "" } = body.fields;
  return describeGeneration(body, {
    operation: "text-to-model",
    type: "text_to_model",
    subject: [prompt, negative_prompt],
    text: prompt,
    prompt,
    files: {},
  });
}

/** Reads `POST /generation/image-to-model`. */
export async function readImageToModel(request: Request, account: Account): Promise<TaskRequest> {
  const body = await readBody(request, imageToModelSchema);
  checkGeneration(body.fields);
  const { input, file } = body.fields;
  if ((input === undefined) === (file === undefined)) {
    throw new TripoError("invalid_parameter", "input: expected it, or file in its place");
  }
  const field = input === undefined ? "file" : "input";
  const { description, miniature } = await readImageSource(input ?? file ?? "", field, account);
  return describeGeneration(body, {
    operation: "image-to-model",
    type: "image_to_model",
    subject: [description.sha256],
    text: description.name,
    inputs: [miniature],
    files: { [field]: description },
  });
}

/** Reads `POST /generation/multiview-to-model`. */
export async function readMultiviewToModel(
  request: Request,
  account: Account,
): Promise<TaskRequest> {
  const body = await readBody(request, multiviewToModelSchema);
  checkGeneration(body.fields);
  const views = collectViews(body);
  const files: Partial<Record<ViewName, FileDescription>> = {};
  const inputs: Bitmap[] = [];
  for (const [name, reference] of views) {
    const { description, miniature } = await readImageSource(reference, `inputs.${name}`, account);
    files[name] = description;
    inputs.push(miniature);
  }
  return describeGeneration(body, {
    operation: "image-to-model",
    type: "multiview_to_model",
    subject: viewNames.map((name) => files[name]?.sha256 ?? ""),
    text: viewNames.map((name) => files[name]?.name ?? "").join(" "),
    inputs,
    files: { inputs: files },
  });
}

type Multiview = ReturnType<typeof multiviewToModelSchema.parse>;

const MINIMUM_VIEWS = 2;

function collectViews(
  { fields: { inputs }, sent }: Body<Multiview>,
): readonly (readonly [ViewName, Reference])[] {
  if (inputs === undefined) {
    if ("files" in sent || "original_task_id" in sent) {
      throw new TripoError("not_simulated", "Only inputs is simulated");
    }
    throw new TripoError("invalid_parameter", "inputs: missing");
  }
  const views = inputs.flatMap((input, position) =>
    viewNames.map((name, place) => {
      if (typeof input !== "string") return [name, input[name]] as const;
      return [name, place === position && input !== "" ? input : undefined] as const;
    })
  ).flatMap(([name, reference]) => reference === undefined ? [] : [[name, reference] as const]);
  const names = new Set(views.map(([name]) => name));
  if (names.size < views.length) invalidViews("a view is there twice");
  if (!names.has("front")) invalidViews("the front is missing");
  if (names.size < MINIMUM_VIEWS) invalidViews("at least two views are needed");
  return views;
}

function invalidViews(reason: string): never {
  throw new TripoError("invalid_parameter", `inputs: ${reason}`);
}

interface Generation extends Pick<TaskRequest, "operation" | "text">, Pick<TaskOrder, "type"> {
  readonly prompt?: string;
  readonly inputs?: readonly Bitmap[];
  /** What the shape depends on. */
  readonly subject: readonly string[];
  /** The fields that stand for files. */
  readonly files: Readonly<Record<string, unknown>>;
}

function describeGeneration(
  { sent, fields }: Body<GenerationFields>,
  { operation, type, subject, text, prompt, inputs, files }: Generation,
): TaskRequest {
  const model = checkGeneration(fields);
  const textured = hasSurface(fields);
  const source = type === "text_to_model" ? "fromText" : "fromImages";
  return {
    operation,
    model: fields.model,
    pool: model.line === "H" ? "H" : "P",
    text,
    record: { ...sent, ...files },
    order: {
      type,
      caption: { prompt, operation, provider: "tripo" },
      inputs,
      credits: priceGeneration(fields, model, source),
      input: { ...sent, texture: textured, pbr: fields.pbr },
      seed: [type, ...subject].join("\n"),
      textured,
    },
  };
}
