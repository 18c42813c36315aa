import { z } from "zod";
import { excerpt } from "../contract/excerpt.ts";
import { hasText, uint32Reversed } from "./binary.ts";
import type { FileView } from "./file_view.ts";
import {
  GLB_CHUNK_HEADER_BYTES,
  GLB_HEADER_BYTES,
  parseGlbDescription,
} from "./glb_description.ts";
import { brokenOff, damaged, type Look, unusable } from "./looked_at.ts";

const KIND = "a GLB";
const EXPORT = { words: "export it as GLB of version 2 (glTF 2.0)" };

/** As much is parsed in any case; of longer ones, only what may name other files. */
const MAX_PARSED_BYTES = 256 * 1024;
const MAX_READ_BYTES = 2 * 1024 * 1024;

/** A name of something that is not in the description itself. */
const OUTSIDE = /"uri"(?!\s*:\s*"data:)/i;

/** What is in it is not looked at one by one. */
const anyList = z.custom<readonly unknown[]>(Array.isArray);
const named = z.looseObject({ uri: z.string().optional() });
const description = z.object({
  asset: z.object({ version: z.string().startsWith("2.") }),
  meshes: anyList.refine((meshes) => meshes.length > 0),
  buffers: listOf(named.extend({ byteLength: z.number() })).default([]),
  images: listOf(named).default([]),
});

/** As `z.array`, which would tell of each of very many that are wrong. */
function listOf<T>(schema: z.ZodType<T>) {
  return anyList.transform((values, context): T[] => {
    const read: T[] = [];
    for (const value of values) {
      const { data, error } = schema.safeParse(value);
      if (error) {
        context.addIssue(error.message);
        return z.NEVER;
      }
      read.push(data);
    }
    return read;
  });
}

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
  if (length > MAX_READ_BYTES) return undefined;
  const bytes = await view.at(start, length);
  // To parse a long description takes longer than to see that there is nothing to look for.
  const isLong = length > MAX_PARSED_BYTES;
  if (isLong && !OUTSIDE.test(new TextDecoder("latin1").decode(bytes))) return undefined;
  const { data, error } = description.safeParse(parseGlbDescription(bytes));
  if (error) {
    const isEmpty = error.issues.every(({ path }) => path[0] === "meshes");
    return isEmpty
      ? unusable("a GLB without a mesh", { words: "export it with its shape" })
      : damaged(KIND);
  }
  const uris = [...data.buffers, ...data.images].flatMap(({ uri }) => uri ?? []);
  const outside = uris.find((uri) => !/^data:/i.test(uri));
  if (outside !== undefined) {
    const kind = `a GLB that needs another file (${JSON.stringify(excerpt(outside))})`;
    return unusable(kind, { words: "export it with textures and buffers embedded" });
  }
  const [buffer] = data.buffers;
  // The first one may be the chunk behind the description.
  if (!buffer || buffer.uri !== undefined) return undefined;
  const behind = await view.at(start + length, GLB_CHUNK_HEADER_BYTES);
  return uint32Reversed(behind, 0) >= buffer.byteLength ? undefined : damaged(KIND);
}
