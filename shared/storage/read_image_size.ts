import { BEGINNING_BYTES, type ImageSize, imageSize } from "../image_size.ts";
import { askStorage } from "./ask_storage.ts";
import { objectAddress, type ObjectVersion } from "./asset_url.ts";
import { secretHeaders, type StorageAccess } from "./storage_access.ts";

/**
 * Reads width and height from the beginning of a file, past all policies: the caller has checked who
 * may read it. Undefined if the file does not begin like an image, or is gone. Plain HTTP, because a
 * function that answers apps must not load a whole client for it. Throws a StorageAway if Storage does
 * not answer.
 */
export async function readImageSize(
  access: StorageAccess,
  object: ObjectVersion,
): Promise<ImageSize | undefined> {
  const response = await askStorage(objectAddress(access.supabaseUrl, object), {
    headers: { ...secretHeaders(access), range: `bytes=0-${BEGINNING_BYTES - 1}` },
  });
  if (response.ok && response.body) return imageSize(await readBeginning(response.body));
  await response.body?.cancel();
  // The file is gone, or empty: then it has no such range.
  if ([400, 404, 416].includes(response.status)) return undefined;
  throw new Error(`Storage answers ${response.status} for the beginning of a file`);
}

/** A Storage that ignores ranges sends everything: the rest is not read. */
async function readBeginning(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const beginning = new Uint8Array(BEGINNING_BYTES);
  let length = 0;
  for await (const chunk of body) {
    const part = chunk.subarray(0, BEGINNING_BYTES - length);
    beginning.set(part, length);
    length += part.length;
    if (length === BEGINNING_BYTES) break;
  }
  return beginning.subarray(0, length);
}
