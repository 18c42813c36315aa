import { z } from "zod";

/** What tells one upload of a file from the next under the same name. */
export interface FileVersion {
  readonly bytes: number;
  /** Of the content: the same bytes have the same. Plain, without what HTTP puts around it. */
  readonly etag?: string | undefined;
  /** Storage's own id of the upload. */
  readonly version?: string | undefined;
}

/**
 * Whether a file is still what it was: the same upload, or the same content uploaded again, as an app
 * does that sends everything again after a broken connection.
 */
export function isSameFile(before: FileVersion, now: FileVersion): boolean {
  if (before.bytes !== now.bytes) return false;
  const { etag, version } = before;
  if (version !== undefined && version === now.version) return true;
  if (etag !== undefined) return etag === now.etag;
  return version === undefined;
}

/** Plain text of an ETag; a proxy that compresses marks it as weak. */
export function plainEtag(etag: string | null | undefined): string | undefined {
  return etag?.replace(/^W\//, "").replaceAll('"', "") || undefined;
}

/**
 * What Storage keeps of a file beside its name, as `storage.objects.metadata` has it. The local
 * Storage keeps it as text; the platform keeps jsonb.
 */
export const fileMetadata = z.preprocess(
  (value) => typeof value === "string" ? JSON.parse(value) : value,
  z.object({ size: z.number(), eTag: z.string().nullish() }),
);
