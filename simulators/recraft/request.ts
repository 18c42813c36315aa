/**
 * Reads a request in either encoding.
 *
 * @module
 */
import type { z } from "zod";
import { isMediaType, readFormParts } from "../form_parts.ts";
import { RecraftError } from "./errors.ts";
import { readFields, readFormValue } from "./fields.ts";
import { type InputImage, readInputImage } from "./input_image.ts";

/** How the pictures of an endpoint are called, by encoding; any one name of a list. */
export interface InputNames {
  readonly form: readonly string[];
  readonly json: readonly string[];
}

export interface RequestShape<Fields> {
  readonly fields: z.ZodType<Fields>;
  /** Each is required. */
  readonly inputs: readonly InputNames[];
}

export interface RecraftRequest<Fields> {
  readonly fields: Fields;
  /** In the order of the shape. */
  readonly images: readonly InputImage[];
  /** The request as the ledger shows it: files described, their bytes left out. */
  readonly record: Readonly<Record<string, unknown>>;
}

interface Body {
  readonly encoding: keyof InputNames;
  readonly values: Readonly<Record<string, unknown>>;
}

/** @throws RecraftError when the body, a field or a picture is invalid. */
export async function readRequest<Fields extends object>(
  request: Request,
  shape: RequestShape<Fields>,
): Promise<RecraftRequest<Fields>> {
  checkBilling(new URL(request.url).searchParams.get("billing"));
  const { encoding, values } = await readBody(request);
  const names = shape.inputs.map((input) => input[encoding]);
  const others = Object.entries(values).filter(([name]) => !names.flat().includes(name));
  const fields = readFields(shape.fields, Object.fromEntries(others));
  const images: InputImage[] = [];
  for (const alternatives of names) {
    const [name, another] = alternatives.filter((name) => values[name] !== undefined);
    if (name === undefined || another !== undefined) {
      throw new RecraftError("invalid_parameter", `${alternatives.join(" or ")}: is required once`);
    }
    images.push(await readInputImage(name, values[name]));
  }
  const described = images.map(({ field, description }) => [field, description] as const);
  return { fields, images, record: { ...fields, ...Object.fromEntries(described) } };
}

function checkBilling(billing: string | null): void {
  if (billing === null || billing === "api") return;
  if (billing === "subscription") {
    throw new RecraftError("not_simulated", "billing: subscriptions are not simulated");
  }
  throw new RecraftError("invalid_parameter", "billing: must be api or subscription");
}

async function readBody(request: Request): Promise<Body> {
  const contentType = request.headers.get("content-type");
  if (isMediaType(contentType, "application/json")) return await readJson(request);
  const parts = contentType !== null && isMediaType(contentType, "multipart/form-data")
    ? await readFormParts(new Uint8Array(await request.arrayBuffer()), contentType)
    : undefined;
  if (parts === undefined) {
    throw new RecraftError("invalid_parameter", "body: must be JSON or a multipart form");
  }
  const [repeated] = parts.repeated;
  if (repeated !== undefined) {
    throw new RecraftError("invalid_parameter", `${repeated}: must be given once`);
  }
  const values = Object.entries(parts.values)
    .map(([name, value]) => [name, readFormValue(name, value)] as const);
  return { encoding: "form", values: Object.fromEntries(values) };
}

async function readJson(request: Request): Promise<Body> {
  const body: unknown = await request.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RecraftError("invalid_parameter", "body: must be a JSON object");
  }
  return { encoding: "json", values: { ...body } };
}
