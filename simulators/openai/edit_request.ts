/**
 * Requests to `POST /v1/images/edits`, in both encodings.
 *
 * Source: https://developers.openai.com/api/docs/guides/image-generation
 *
 * @module
 */
import { readEditForm } from "./edit_form.ts";
import { readEditJson } from "./edit_json.ts";
import { type ImageRequest, requireContentType } from "./image_request.ts";

/**
 * Reads an edit by its content type.
 *
 * @throws OpenAiError when the body, a field or a picture is invalid.
 */
export async function readEdit(request: Request): Promise<ImageRequest> {
  const contentType = requireContentType(request, ["multipart/form-data", "application/json"]);
  return contentType === "application/json"
    ? await readEditJson(request)
    : await readEditForm(request);
}
