import { createClient } from "@supabase/supabase-js";
import type { User } from "./client.ts";
import { stack } from "./stack.ts";

const BUCKET = "inputs";

/**
 * Puts a picture under any name, also one that no path of a URL can say, and that the platform takes
 * no more: it is uploaded under a plain one and moved, past the gateway, by the user's own right.
 * Returns why Storage does not take it; undefined if it does.
 *
 * @param path Without the bucket, the user's folder first.
 */
export async function putUnder(
  { id, token, supabase }: User,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  contentType = "image/png",
): Promise<string | undefined> {
  const files = supabase.storage.from(BUCKET);
  const plain = `${id}/${crypto.randomUUID()}`;
  const uploaded = await files.upload(plain, bytes, { contentType });
  if (uploaded.error) return uploaded.error.message;
  // Of an earlier run.
  await files.remove([path]);
  const moved = await createClient(
    `http://127.0.0.1:${stack.ports.studio}`,
    stack.secrets.publishableKey,
    { accessToken: () => Promise.resolve(token) },
  ).storage.from(BUCKET).move(plain, path);
  if (!moved.error) return undefined;
  await files.remove([plain]);
  return moved.error.message;
}

/** Works beside a private bucket that no policy opens, with one file in it. */
export async function withVault(
  bucket: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  work: () => Promise<void>,
): Promise<void> {
  const { storage } = createClient(stack.projectUrl, stack.secrets.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const made = await storage.createBucket(bucket, { public: false });
  if (made.error) throw made.error;
  try {
    const stored = await storage.from(bucket).upload(name, bytes, { contentType: "image/png" });
    if (stored.error) throw stored.error;
    await work();
  } finally {
    await storage.from(bucket).remove([name]);
    await storage.deleteBucket(bucket);
  }
}
