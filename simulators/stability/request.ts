/**
 * Reads and validates a request, as far as that does not need its key.
 *
 * @module
 */
import { type FormParts, isMediaType, readFormParts, toNumber } from "../form_parts.ts";
import type { Endpoint } from "./endpoints.ts";
import { StabilityError } from "./errors.ts";
import { failure } from "./failures.ts";
import { toFieldErrors } from "./field_errors.ts";
import { numberFields, type StabilityFields } from "./fields.ts";
import { type InputImage, readInputImage } from "./input_image.ts";

export interface StabilityRequest {
  readonly endpoint: Endpoint;
  readonly fields: StabilityFields;
  readonly image?: InputImage;
  /** Whether the answer is to be JSON; else it is the file itself. */
  readonly wantsJson: boolean;
  /** The request as the ledger shows it: files described, their bytes left out. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** Of the whole body, in bytes. */
const MAXIMUM_BODY = 10 * 1024 * 1024;

/** @throws StabilityError when the body is too large or anything in the request is invalid. */
export async function readRequest(request: Request, endpoint: Endpoint): Promise<StabilityRequest> {
  const body = await readBody(request);
  const wantsJson = readAccept(request, endpoint);
  const { values, repeated } = await readForm(body, request.headers.get("content-type"));
  const { image: imagePart, ...others } = values;
  const parsed = endpoint.fields.safeParse(
    toFields(endpoint.image === undefined ? values : others),
    { reportInput: true },
  );
  const image = endpoint.image && (await readInputImage(imagePart, endpoint.image));
  const [first, ...more] = [
    ...repeated.map((name) => `${name}: must be given once`),
    ...(parsed.success ? [] : toFieldErrors(parsed.error.issues)),
    ...(image !== undefined && "problem" in image ? [`image: ${image.problem}`] : []),
  ];
  if (first !== undefined) throw new StabilityError("bad_request", [first, ...more]);
  if (!parsed.success) throw parsed.error;
  const fields = parsed.data;
  const read = { endpoint, fields, wantsJson };
  if (image === undefined || "problem" in image) return { ...read, record: { ...fields } };
  return { ...read, image, record: { ...fields, image: image.description } };
}

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > MAXIMUM_BODY) throw failure("payload_too_large");
  return body;
}

function readAccept({ headers }: Request, { result }: Endpoint): boolean {
  // Models have no choice, whatever is asked for.
  if (result === "model") return false;
  const accept = headers.get("accept") ?? "image/*";
  if (accept !== "image/*" && accept !== "application/json") {
    throw new StabilityError("bad_request", ["accept: must be one of image/*, application/json"]);
  }
  return accept === "application/json";
}

async function readForm(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | null,
): Promise<FormParts> {
  if (contentType === null || !isMediaType(contentType, "multipart/form-data")) {
    throw new StabilityError("bad_request", ["content-type: must be multipart/form-data"]);
  }
  const parts = await readFormParts(body, contentType);
  if (parts !== undefined) return parts;
  throw new StabilityError("bad_request", ["body: is no multipart form"]);
}

function toFields(values: FormParts["values"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const isNumber = typeof value === "string" && numberFields.includes(name);
      return [name, isNumber ? toNumber(value) : value];
    }),
  );
}
