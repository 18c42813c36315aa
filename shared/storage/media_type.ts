import { fileTypeFromBuffer } from "file-type";
import type { AssetKind } from "../contract/operations.ts";
import { startsDrawing } from "./drawing_start.ts";

/** A kind of file the product hands out. */
export interface MediaType {
  readonly mediaType: string;
  readonly extension: string;
}

/** By what the bytes say: providers have been seen to answer another format than asked for. */
const ALLOWED: Record<AssetKind, Readonly<Record<string, string>>> = {
  image: { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" },
  model: { "model/gltf-binary": "glb" },
};

const SVG: MediaType = { mediaType: "image/svg+xml", extension: "svg" };

/** Enough of a file to tell what it is. */
export const HEAD_BYTES = 4_100;

/**
 * Tells what an input is; undefined unless it is of the wanted kind.
 *
 * @param head The whole file, or at least its first HEAD_BYTES.
 */
export async function detectInputType(
  head: Uint8Array,
  kind: AssetKind,
): Promise<MediaType | undefined> {
  const detected = await fileTypeFromBuffer(head);
  const extension = detected && ALLOWED[kind][detected.mime];
  return detected && extension ? { mediaType: detected.mime, extension } : undefined;
}

/** The same for a result, which may be a drawing, too. */
export async function detectResultType(
  head: Uint8Array,
  kind: AssetKind,
): Promise<MediaType | undefined> {
  if (kind === "image" && startsDrawing(head.subarray(0, HEAD_BYTES))) return SVG;
  return await detectInputType(head, kind);
}
