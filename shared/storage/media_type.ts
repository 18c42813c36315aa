import { fileTypeFromBuffer } from "file-type";
import type { AssetKind } from "../contract/operations.ts";
import type { KnownKind } from "../inputs/signatures.ts";
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

/** The same of inputs, by what their signature says; Storage may call them otherwise. */
export const inputTypes: Record<AssetKind, Readonly<Partial<Record<KnownKind, MediaType>>>> = {
  image: {
    png: { mediaType: "image/png", extension: "png" },
    jpeg: { mediaType: "image/jpeg", extension: "jpg" },
    webp: { mediaType: "image/webp", extension: "webp" },
  },
  model: { glb: { mediaType: "model/gltf-binary", extension: "glb" } },
};

const SVG: MediaType = { mediaType: "image/svg+xml", extension: "svg" };

/** Enough of a file to tell what it is. */
export const HEAD_BYTES = 4_100;

/**
 * Tells what a result is, which may be a drawing, too; undefined unless it is of the wanted kind.
 *
 * @param head The whole file, or at least its first HEAD_BYTES.
 */
export async function detectResultType(
  head: Uint8Array,
  kind: AssetKind,
): Promise<MediaType | undefined> {
  if (kind === "image" && startsDrawing(head.subarray(0, HEAD_BYTES))) return SVG;
  const detected = await fileTypeFromBuffer(head);
  const extension = detected && ALLOWED[kind][detected.mime];
  return detected && extension ? { mediaType: detected.mime, extension } : undefined;
}
