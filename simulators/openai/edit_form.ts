/**
 * Edits sent as multipart forms.
 *
 * @module
 */
import { OpenAiError } from "./errors.ts";
import { editFormSchema, readFields } from "./fields.ts";
import type { ImageRequest } from "./image_request.ts";
import { type ImageUpload, type InputImage, readInputImage } from "./input_image.ts";

/** Both spellings mean the same list, also when they are mixed. */
const imageParts = ["image", "image[]"];
const fileParts = [...imageParts, "mask", "markup"];

const MAXIMUM_IMAGES = 16;

/**
 * Reads a multipart edit.
 *
 * @throws OpenAiError when the form, a field or a picture is invalid.
 */
export async function readEditForm(request: Request): Promise<ImageRequest> {
  const form = await readForm(request);
  const fields = readFields(editFormSchema, collectScalars(form));
  const images = await readImages(form);
  const mask = await readOptionalFile(form, "mask");
  const markup = await readOptionalFile(form, "markup");
  return {
    operation: "image-to-image",
    fields,
    images,
    ...(mask && { mask }),
    ...(markup && { markup }),
    record: {
      ...fields,
      image: images.map(({ description }) => description),
      ...(mask && { mask: mask.description }),
      ...(markup && { markup: markup.description }),
    },
  };
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw new OpenAiError("unreadable_body", "Could not parse multipart form.");
  }
}

/** Forms carry text only; these parts stand for other types. */
const scalarReaders: Readonly<Record<string, (text: string) => unknown>> = {
  n: toInteger,
  output_compression: toInteger,
  partial_images: toInteger,
  stream: (text) => (text === "true" ? true : text === "false" ? false : text),
};

function toInteger(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function collectScalars(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !fileParts.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      const [value, ...others] = form.getAll(name);
      if (others.length > 0) {
        throw new OpenAiError("duplicate_parameter", `Duplicate parameter: '${name}'.`, {
          param: name,
        });
      }
      const read = scalarReaders[name];
      return [name, typeof value === "string" && read !== undefined ? read(value) : value];
    }),
  );
}

async function readImages(form: FormData): Promise<readonly InputImage[]> {
  const parts = imageParts.flatMap((name) => form.getAll(name));
  if (parts.length === 0) {
    throw new OpenAiError("missing_required_parameter", "Missing required parameter: 'image'.", {
      param: "image",
    });
  }
  if (parts.length > MAXIMUM_IMAGES) {
    throw new OpenAiError(
      "array_above_max_length",
      `Invalid 'image': expected at most ${MAXIMUM_IMAGES} files, but got ${parts.length}.`,
      { param: "image" },
    );
  }
  const images: InputImage[] = [];
  for (const [index, part] of parts.entries()) {
    const param = parts.length === 1 ? "image" : `image[${index}]`;
    images.push(await readPart(part, { param, role: "image", position: index + 1 }));
  }
  return images;
}

async function readOptionalFile(
  form: FormData,
  role: "mask" | "markup",
): Promise<InputImage | undefined> {
  const part = form.get(role);
  return part === null ? undefined : await readPart(part, { param: role, role, position: 1 });
}

async function readPart(
  part: FormDataEntryValue,
  place: Pick<ImageUpload, "param" | "role" | "position">,
): Promise<InputImage> {
  if (typeof part === "string") {
    throw new OpenAiError(
      "invalid_type",
      `Invalid type for '${place.param}': expected a file, but got a string instead.`,
      { param: place.param },
    );
  }
  const bytes = new Uint8Array(await part.arrayBuffer());
  return await readInputImage({ ...place, name: part.name, mediaType: part.type, bytes });
}
