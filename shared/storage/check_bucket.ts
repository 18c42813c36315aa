import type { Database } from "../database.ts";

export interface BucketSettings {
  readonly bucket: string;
  readonly isPublic: boolean;
}

/**
 * What is wrong with the bucket of results; undefined if it is as the settings say. Whether results
 * are public is said twice, by the bucket and by the setting, and both must agree.
 */
export async function checkBucket(
  sql: Database,
  { bucket, isPublic }: BucketSettings,
): Promise<string | undefined> {
  const [row] = await sql<{ isPublic: boolean }[]>`
    select public as "isPublic" from storage.buckets where id = ${bucket}
  `;
  if (!row) return `There is no bucket ${bucket}: GENERATED_BUCKET must name one`;
  if (row.isPublic === isPublic) return undefined;
  return `The bucket ${bucket} is ${row.isPublic ? "public" : "private"}, ` +
    `but GENERATED_BUCKET_PUBLIC is ${isPublic}: change one of them`;
}
