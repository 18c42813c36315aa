/**
 * The picture that comes with a request.
 *
 * @module
 */
import type { Bitmap } from "../drawing/bitmap.ts";
import { readInput } from "../image_file.ts";
import { findBrokenLimit, type ImageLimits } from "../image_limits.ts";
import { describeFile, type FileDescription } from "../ledger.ts";

export interface InputImage {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  readonly description: FileDescription;
  readonly miniature: Bitmap;
}

/** What is wrong with the `image` part, in words. */
export interface ImageProblem {
  readonly problem: string;
}

const MEDIA_TYPES: readonly string[] = ["image/png", "image/jpeg", "image/webp"];

/** Checks and decodes the `image` part of a form. */
export async function readInputImage(
  part: string | File | undefined,
  limits: ImageLimits,
): Promise<InputImage | ImageProblem> {
  if (part === undefined) return { problem: "is required" };
  if (typeof part === "string") return { problem: "must be a file" };
  if (!MEDIA_TYPES.includes(part.type)) {
    return { problem: `must be one of ${MEDIA_TYPES.join(", ")}` };
  }
  const bytes = new Uint8Array(await part.arrayBuffer());
  const facts = await readInput(bytes);
  if (facts === undefined) return { problem: "cannot be read" };
  if (facts.mediaType !== part.type) return { problem: `is not what it says: ${part.type}` };
  const problem = findBrokenLimit(facts, limits);
  if (problem !== undefined) return { problem };
  const description = describeFile(part.name, part.type, bytes);
  const { width, height, miniature } = facts;
  return { width, height, miniature, description };
}
