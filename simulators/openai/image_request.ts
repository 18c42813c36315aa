/**
 * A request for images whose fields and files are readable, whichever way it
 * arrived.
 *
 * @module
 */
import { OpenAiError } from "./errors.ts";
import { generationSchema, type ImageFields, readFields } from "./fields.ts";
import type { InputImage } from "./input_image.ts";

export const operations = ["text-to-image", "image-to-image"] as const;

export interface ImageRequest {
  readonly operation: (typeof operations)[number];
  readonly fields: ImageFields;
  readonly images: readonly InputImage[];
  readonly mask?: InputImage;
  readonly markup?: InputImage;
  /**
   * The request as the ledger shows it: files described, their bytes left out.
   */
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Reads the JSON body of `POST /v1/images/generations`.
 *
 * @throws OpenAiError when the body or one of its fields is invalid.
 */
export async function readGeneration(request: Request): Promise<ImageRequest> {
  const fields = readFields(generationSchema, await readJson(request));
  return { operation: "text-to-image", fields, images: [], record: fields };
}

/**
 * Reads a JSON body.
 *
 * @throws OpenAiError when the content type is another one or the body is not
 * JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  requireContentType(request, ["application/json"]);
  try {
    return await request.json();
  } catch {
    throw new OpenAiError("unreadable_body", "We could not parse the JSON body of your request.");
  }
}

/**
 * The request's content type, without parameters.
 *
 * @throws OpenAiError when it is none of the accepted ones.
 */
export function requireContentType(request: Request, accepted: readonly string[]): string {
  const header = request.headers.get("content-type") ?? "";
  const contentType = header.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (accepted.includes(contentType)) return contentType;
  throw new OpenAiError(
    "unsupported_content_type",
    `Unsupported content type: '${header}'. This API method only accepts ${
      accepted.join(
        " or ",
      )
    } requests.`,
  );
}
