/**
 * What is known of a file that a client handed in. Its bytes are not kept.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { z } from "zod";
import { type InputFacts, readInput } from "../image_file.ts";
import type { FileDescription } from "../ledger.ts";

const files = z.array(z.object({ uri: z.string().optional() })).optional();
const description = z.object({ buffers: files, images: files });

export interface StoredFile {
  readonly description: FileDescription;
  readonly content: FileContent;
}

export type FileContent =
  | { readonly kind: "image"; readonly facts: InputFacts }
  /** A GLB whose header is true, and that needs no other file. */
  | { readonly kind: "model" }
  | { readonly kind: "unreadable" };

const MEGABYTE = 1024 * 1024;
/** In bytes. */
export const MAXIMUM_IMAGE_SIZE = 20 * MEGABYTE;
/** In bytes. */
export const MAXIMUM_MODEL_SIZE = 150 * MEGABYTE;

const MODEL_HEADER_BYTES = 12;
/** Behind the header: length and type of the description, then itself. */
const DESCRIPTION_START = 20;
/** Of longer descriptions nobody here knows what they need. */
const KEPT_MODEL_BYTES = MEGABYTE;
const MODEL_MAGIC = "glTF";
const MODEL_VERSION = 2;

/**
 * Reads a file to its end; models are never in memory as a whole.
 *
 * @returns undefined when it is larger than any file may be, or breaks off.
 */
export async function inspectFile(
  name: string,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<StoredFile | undefined> {
  const hash = createHash("sha256");
  const kept: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      if (size + chunk.length > MAXIMUM_MODEL_SIZE) return undefined;
      hash.update(chunk);
      if (size < keptBytes(kept[0] ?? chunk)) kept.push(chunk);
      size += chunk.length;
    }
  } catch {
    return undefined;
  }
  const content = await recognise(Buffer.concat(kept), size);
  const sha256 = hash.digest("hex");
  return { content, description: { name, media_type: mediaTypeOf(content), size, sha256 } };
}

/** How much of a file has to be kept in order to recognise it: pictures as a whole. */
function keptBytes(firstChunk: Uint8Array): number {
  const isModel = Buffer.from(firstChunk).toString("latin1", 0, 4) === MODEL_MAGIC;
  return isModel ? KEPT_MODEL_BYTES : MAXIMUM_IMAGE_SIZE + 1;
}

async function recognise(beginning: Buffer, size: number): Promise<FileContent> {
  if (isModel(beginning, size)) return { kind: "model" };
  const isWhole = size === beginning.length;
  const facts = isWhole ? await readInput(new Uint8Array(beginning)) : undefined;
  return facts === undefined ? { kind: "unreadable" } : { kind: "image", facts };
}

/** The header of glTF 2.0, 4.4.2. */
function isModel(beginning: Buffer, size: number): boolean {
  return beginning.length >= MODEL_HEADER_BYTES &&
    beginning.toString("latin1", 0, 4) === MODEL_MAGIC &&
    beginning.readUInt32LE(4) === MODEL_VERSION &&
    beginning.readUInt32LE(8) === size && isWhole(beginning);
}

/** Whether the description names no other file. */
function isWhole(beginning: Buffer): boolean {
  if (beginning.length < DESCRIPTION_START) return false;
  const end = DESCRIPTION_START + beginning.readUInt32LE(MODEL_HEADER_BYTES);
  if (end > KEPT_MODEL_BYTES) return true;
  try {
    const text = beginning.toString("utf8", DESCRIPTION_START, end);
    const { buffers = [], images = [] } = description.parse(JSON.parse(text));
    return [...buffers, ...images].every(({ uri = "data:" }) => uri.startsWith("data:"));
  } catch {
    return false;
  }
}

function mediaTypeOf(content: FileContent): string {
  switch (content.kind) {
    case "image":
      return content.facts.mediaType;
    case "model":
      return "model/gltf-binary";
    case "unreadable":
      return "application/octet-stream";
  }
}
