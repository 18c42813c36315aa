import type { FileFacts } from "../operations/file_limits.ts";
import { mediaTypeOf } from "./file_kind.ts";

/** What a file is. An image that this browser cannot show has no width and height. */
export async function readFacts(file: Blob): Promise<FileFacts> {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const mediaType = mediaTypeOf(head) ?? file.type;
  const facts = { mediaType, bytes: file.size };
  if (!mediaType.startsWith("image/")) return facts;
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = bitmap;
    bitmap.close();
    return { ...facts, width, height };
  } catch {
    return facts;
  }
}
