import type { User } from "./client.ts";

const BUCKET = "inputs";

/**
 * Puts a picture under any name, also one that no path of a URL can say: it is uploaded under a plain
 * one and moved, which is the user's own right. Returns why Storage does not take it; undefined if it
 * does.
 *
 * @param path Without the bucket, the user's folder first.
 */
export async function putUnder(
  { id, supabase }: User,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  contentType = "image/png",
): Promise<string | undefined> {
  const files = supabase.storage.from(BUCKET);
  const plain = `${id}/${crypto.randomUUID()}`;
  const uploaded = await files.upload(plain, bytes, { contentType });
  if (uploaded.error) return uploaded.error.message;
  const moved = await files.move(plain, path);
  if (!moved.error) return undefined;
  await files.remove([plain]);
  return moved.error.message;
}
