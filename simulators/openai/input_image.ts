/**
 * The pictures that come with an edit.
 *
 * @module
 */
import { type InputFacts, readInput } from "../image_file.ts";
import { describeFile, type FileDescription } from "../ledger.ts";
import { OpenAiError } from "./errors.ts";

export interface InputImage extends InputFacts {
  readonly description: FileDescription;
}

/** A file as it arrived, and what it is for. */
export interface ImageUpload {
  /**
   * The parameter, as the API names it in errors: `image`, `image[1]`, `mask`.
   */
  readonly param: string;
  readonly role: keyof typeof roles;
  /** 1 for the first. */
  readonly position: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MEGABYTE = 1024 * 1024;

/**
 * What each role takes; sizes in bytes, and the size itself is already too
 * large.
 */
const roles = {
  image: { mediaTypes: ["image/jpeg", "image/png", "image/webp"], tooLarge: 50 * MEGABYTE },
  mask: { mediaTypes: ["image/png"], tooLarge: 4 * MEGABYTE },
  markup: { mediaTypes: ["image/png"], tooLarge: 50 * MEGABYTE },
} as const satisfies Record<string, { mediaTypes: readonly string[]; tooLarge: number }>;

/**
 * Checks and decodes one picture.
 *
 * @throws OpenAiError when the declared media type is not accepted or not the
 * true one, or when the file is empty, too large or not a whole picture.
 */
export async function readInputImage(upload: ImageUpload): Promise<InputImage> {
  const { param, position, name, mediaType, bytes } = upload;
  const { mediaTypes, tooLarge }: { mediaTypes: readonly string[]; tooLarge: number } =
    roles[upload.role];
  if (!mediaTypes.includes(mediaType)) {
    throw new OpenAiError(
      "unsupported_file_mimetype",
      `Invalid file '${param}': unsupported mimetype ('${mediaType}'). ` +
        `Supported file formats are ${mediaTypes.join(", ")}.`,
      { param },
    );
  }
  if (bytes.length === 0) {
    throw new OpenAiError("empty_image_file", `Image file ${position} is empty.`, { param });
  }
  if (bytes.length >= tooLarge) {
    throw new OpenAiError("image_file_too_large", `Image file ${position} is too large.`, {
      param,
    });
  }
  const facts = await readInput(bytes);
  if (facts === undefined || facts.mediaType !== mediaType) {
    throw new OpenAiError(
      "invalid_image_file",
      `Invalid image file or mode for image ${position}, please check your image file.`,
      { param },
    );
  }
  return { ...facts, description: describeFile(name, mediaType, bytes) };
}
