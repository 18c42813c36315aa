/**
 * The pictures that come with a request: in base64, or as addresses that the service fetches.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Bitmap } from "../drawing/bitmap.ts";
import { openFile, readAtMost } from "../fetch_file.ts";
import { readInput } from "../image_file.ts";
import { findBrokenLimit } from "../image_limits.ts";
import { describeFile, type FileDescription } from "../ledger.ts";
import { valueError } from "./errors.ts";
import type { Fields } from "./fields.ts";
import type { Size } from "./sizes.ts";

export interface InputImage extends Size {
  readonly field: ImageField;
  readonly description: FileDescription;
  readonly miniature: Bitmap;
}

const imageFields = [
  "input_image",
  "input_image_2",
  "input_image_3",
  "input_image_4",
  "input_image_5",
  "input_image_6",
  "input_image_7",
  "input_image_8",
] as const;

type ImageField = typeof imageFields[number];

/** In bytes. */
const MAXIMUM_SIZE = 20 * 1024 * 1024;
const MAXIMUM_PIXELS = 20_000_000;

/**
 * Reads all pictures of a request.
 *
 * @throws FieldError when one cannot be had, is too large or is no picture.
 */
export async function readInputImages(fields: Fields): Promise<readonly InputImage[]> {
  const images: InputImage[] = [];
  for (const field of imageFields) {
    const text = fields[field];
    if (text !== undefined && text !== null) images.push(await readInputImage(field, text));
  }
  return images;
}

async function readInputImage(field: ImageField, text: string): Promise<InputImage> {
  const { name, bytes } = /^https?:/i.test(text)
    ? await fetchImage(field, text)
    : { name: "", bytes: decodeBase64(field, text) };
  if (bytes.length > MAXIMUM_SIZE) throw valueError(field, text, "the image is larger than 20 MB");
  const facts = await readInput(bytes);
  if (facts === undefined) throw valueError(field, text, "the image cannot be read");
  const problem = findBrokenLimit(facts, { maximumPixels: MAXIMUM_PIXELS });
  if (problem !== undefined) throw valueError(field, text, problem);
  const { width, height, mediaType, miniature } = facts;
  return { field, width, height, miniature, description: describeFile(name, mediaType, bytes) };
}

async function fetchImage(
  field: ImageField,
  address: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const opened = await openFile(address);
  if (typeof opened === "string") throw valueError(field, address, opened);
  const bytes = await readAtMost(opened.body, MAXIMUM_SIZE);
  if (bytes === undefined) {
    throw valueError(field, address, "the image is larger than 20 MB or breaks off");
  }
  return { name: opened.name, bytes };
}

function decodeBase64(field: ImageField, text: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text, "base64");
  // The decoder passes over what is no base64, for example the `data:` of an address.
  if (bytes.toString("base64") === text) return new Uint8Array(bytes);
  throw valueError(field, text, "the image is no base64 and no http(s) address");
}
