import { fileTypeFromBuffer } from "file-type";

/** A kind of file the product hands out. */
export interface MediaType {
  readonly mediaType: string;
  readonly extension: string;
}

/** By what the bytes say: providers have been seen to answer another format than asked for. */
const ALLOWED: Record<"image" | "model", Readonly<Record<string, string>>> = {
  image: { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" },
  model: { "model/gltf-binary": "glb" },
};

/** Tells what the bytes are; undefined unless they are a result of the wanted kind. */
export async function detectMediaType(
  bytes: Uint8Array,
  output: "image" | "model",
): Promise<MediaType | undefined> {
  const detected = await fileTypeFromBuffer(bytes);
  const extension = detected && ALLOWED[output][detected.mime];
  return detected && extension ? { mediaType: detected.mime, extension } : undefined;
}
