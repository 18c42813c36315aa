import { excerpt } from "../contract/excerpt.ts";
import { hasText, uint32Reversed } from "./binary.ts";
import type { FileView } from "./file_view.ts";
import { MAX_DESCRIBED_BYTES, OtherFile, readGlbContents } from "./glb_contents.ts";
import { GLB_CHUNK_HEADER_BYTES, GLB_HEADER_BYTES } from "./glb_description.ts";
import { TooManyValues, UnexpectedJson } from "./json_steps.ts";
import { brokenOff, damaged, type Look, unusable } from "./looked_at.ts";

const KIND = "a GLB";
const EXPORT = { words: "export it as GLB of version 2 (glTF 2.0)" };

/** Reads the description of a GLB: whether everything that it needs is in it. */
export async function lookAtGlb(view: FileView): Promise<Look> {
  const head = await view.at(0, GLB_HEADER_BYTES + GLB_CHUNK_HEADER_BYTES);
  const [version, length] = [uint32Reversed(head, 4), uint32Reversed(head, 8)];
  if (version !== 2) {
    return unusable(`a GLB of version ${version}`, EXPORT);
  }
  if (length > view.size) return brokenOff(KIND);
  const describedBytes = uint32Reversed(head, 12);
  const isWhole = hasText(head, "JSON", 16) && length === view.size &&
    head.length + describedBytes <= length;
  if (!isWhole) return damaged(KIND);
  return await lookInside(view, head.length, describedBytes) ??
    { found: "model", mediaType: "model/gltf-binary" };
}

/** What is wrong with what it describes; undefined if nothing is. */
async function lookInside(
  view: FileView,
  start: number,
  length: number,
): Promise<Look | undefined> {
  // Nothing is said against a model of very many parts: its provider finds out.
  if (length > MAX_DESCRIBED_BYTES) return undefined;
  const bytes = await view.at(start, length + GLB_CHUNK_HEADER_BYTES);
  try {
    const { hasMesh, chunkBytes } = readGlbContents(bytes.subarray(0, length));
    if (!hasMesh) return unusable("a GLB without a mesh", { words: "export it with its shape" });
    const isWhole = chunkBytes === undefined || uint32Reversed(bytes, length) >= chunkBytes;
    return isWhole ? undefined : damaged(KIND);
  } catch (error) {
    if (error instanceof UnexpectedJson) return damaged(KIND);
    if (error instanceof TooManyValues) return undefined;
    if (!(error instanceof OtherFile)) throw error;
    const kind = `a GLB that needs another file (${JSON.stringify(excerpt(error.uri))})`;
    return unusable(kind, { words: "export it with textures and buffers embedded" });
  }
}
