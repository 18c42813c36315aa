/**
 * Edits sent as JSON. Pictures come as data addresses only: the simulator has
 * no file store, and never fetches from elsewhere.
 *
 * @module
 */
import { type DataUrl, readDataUrl } from "../data_url.ts";
import { OpenAiError } from "./errors.ts";
import { editJsonSchema, type ImageReference, readFields } from "./fields.ts";
import { type ImageRequest, readJson } from "./image_request.ts";
import { type ImageUpload, type InputImage, readInputImage } from "./input_image.ts";

/**
 * Reads a JSON edit.
 *
 * @throws OpenAiError when the body, a field or a picture is invalid.
 */
export async function readEditJson(request: Request): Promise<ImageRequest> {
  const {
    images: references,
    mask: maskReference,
    ...fields
  } = readFields(editJsonSchema, await readJson(request));
  const images: InputImage[] = [];
  for (const [index, reference] of references.entries()) {
    const place = { param: `images[${index}]`, role: "image", position: index + 1 } as const;
    images.push(await readReference(reference, place));
  }
  const mask = maskReference === undefined
    ? undefined
    : await readReference(maskReference, { param: "mask", role: "mask", position: 1 });
  return {
    operation: "image-to-image",
    fields,
    images,
    ...(mask && { mask }),
    record: {
      ...fields,
      images: images.map(({ description }) => description),
      ...(mask && { mask: mask.description }),
    },
  };
}

async function readReference(
  { image_url, file_id }: ImageReference,
  place: Pick<ImageUpload, "param" | "role" | "position">,
): Promise<InputImage> {
  const { param } = place;
  if ((image_url === undefined) === (file_id === undefined)) {
    throw new OpenAiError(
      "invalid_value",
      `Invalid '${param}': expected exactly one of 'image_url' and 'file_id'.`,
      { param },
    );
  }
  if (image_url === undefined) {
    throw new OpenAiError("image_file_not_found", `No such file: '${file_id}'.`, { param });
  }
  const { mediaType, bytes } = readImageUrl(image_url, `${param}.image_url`);
  return await readInputImage({ ...place, name: "", mediaType, bytes });
}

function readImageUrl(url: string, param: string): DataUrl {
  if (/^https?:/.test(url)) {
    throw new OpenAiError("failed_to_download_image", "Failed to download the image.", { param });
  }
  const file = readDataUrl(url);
  if (file === "no data address") {
    throw new OpenAiError("invalid_image_url", `Invalid '${param}'.`, { param });
  }
  if (file === "bad base64") {
    throw new OpenAiError("invalid_base64_image", `Invalid base64 in '${param}'.`, { param });
  }
  return file;
}
