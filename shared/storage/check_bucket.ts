import type { Database } from "../database.ts";

/** What is wrong with the bucket of results; undefined if it is as the settings say. */
export type CheckBucket = () => Promise<string | undefined>;

export interface BucketSettings {
  readonly bucket: string;
  readonly isPublic: boolean;
}

/** Two things say whether results are public, and both are needed: the bucket, and the setting. */
export function createCheckBucket(
  sql: Database,
  { bucket, isPublic }: BucketSettings,
): CheckBucket {
  return async () => {
    const [row] = await sql<{ isPublic: boolean }[]>`
      select public as "isPublic" from storage.buckets where id = ${bucket}
    `;
    if (!row) return `There is no bucket ${bucket}: GENERATED_BUCKET must name one`;
    if (row.isPublic === isPublic) return undefined;
    return `The bucket ${bucket} is ${row.isPublic ? "public" : "private"}, ` +
      `but GENERATED_BUCKET_PUBLIC is ${isPublic}: change one of them`;
  };
}
