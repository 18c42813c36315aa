/**
 * The pictures that come with a request.
 *
 * Source: https://www.recraft.ai/docs/api-reference
 *
 * @module
 */
import { readDataUrl } from "../data_url.ts";
import { type DecodedImage, decodeImage } from "../image_file.ts";
import { findBrokenLimit, type ImageLimits } from "../image_limits.ts";
import { describeFile, type FileDescription } from "../ledger.ts";
import { RecraftError } from "./errors.ts";

export interface InputImage extends DecodedImage {
  /** The name of the field or part that it came in. */
  readonly field: string;
  readonly description: FileDescription;
}

interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const MEDIA_TYPES: readonly string[] = ["image/png", "image/jpeg", "image/webp"];
/** In bytes; "under 10 MB" in the narrowest sense, and the size itself is already too large. */
const TOO_LARGE = 10_000_000;
/** 16 megapixels in the narrowest sense. */
const limits: ImageLimits = { minimumSide: 256, maximumSide: 4_096, maximumPixels: 16_000_000 };

/**
 * Checks and decodes the value of a field for pictures: a file of a form, or an address in JSON.
 *
 * @throws RecraftError when it is no whole picture within the limits.
 */
export async function readInputImage(field: string, value: unknown): Promise<InputImage> {
  const { name, mediaType, bytes } = await readUpload(field, value);
  if (mediaType === "image/svg+xml") {
    throw new RecraftError("not_simulated", `${field}: SVG input is not simulated`);
  }
  if (!MEDIA_TYPES.includes(mediaType)) {
    throw new RecraftError("invalid_image_type", `${field}: unsupported type ${mediaType}`);
  }
  if (bytes.length >= TOO_LARGE) {
    throw new RecraftError("invalid_parameter", `${field}: must be smaller than 10 MB`);
  }
  const image = await decodeImage(bytes);
  if (image === undefined || image.mediaType !== mediaType) {
    throw new RecraftError("invalid_image_type", `${field}: is no ${mediaType}`);
  }
  const problem = findBrokenLimit(image, limits);
  if (problem !== undefined) throw new RecraftError("invalid_parameter", `${field}: ${problem}`);
  return { ...image, field, description: describeFile(name, mediaType, bytes) };
}

async function readUpload(field: string, value: unknown): Promise<Upload> {
  if (value instanceof File) {
    return { name: value.name, mediaType: value.type, bytes: await value.bytes() };
  }
  if (field.endsWith("_url") && typeof value === "string") return readAddress(field, value);
  throw new RecraftError("invalid_parameter", `${field}: is not what its name says`);
}

function readAddress(field: string, url: string): Upload {
  if (/^https?:/.test(url)) {
    throw new RecraftError("not_simulated", `${field}: nothing is fetched from elsewhere`);
  }
  const file = readDataUrl(url);
  if (typeof file === "string") {
    throw new RecraftError("invalid_parameter", `${field}: ${file}`);
  }
  return { name: "", ...file };
}

/**
 * Checks that a mask fits its picture: the same size, and every pixel opaque and black or white.
 *
 * @throws RecraftError when it does not.
 */
export function checkMask(mask: InputImage, image: InputImage): void {
  if (mask.width !== image.width || mask.height !== image.height) {
    throw new RecraftError("invalid_parameter", `${mask.field}: must be as large as the image`);
  }
  for (let i = 0; i < mask.data.length; i += 4) {
    const red = mask.data[i];
    const isGrey = mask.data[i + 1] === red && mask.data[i + 2] === red;
    if (!isGrey || (red !== 0 && red !== 255) || mask.data[i + 3] !== 255) {
      throw new RecraftError("invalid_parameter", `${mask.field}: only 0 and 255 are allowed`);
    }
  }
}
