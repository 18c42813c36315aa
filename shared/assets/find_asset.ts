import { z } from "zod";
import { actAs, type Database } from "../database.ts";
import type { AssetLocation } from "./asset_address.ts";

/** What Storage knows of a file. */
export interface AssetFacts {
  readonly mediaType: string;
  readonly bytes: number;
}

/** Looks a file up for a user; undefined if there is none, or none that the user may read. */
export type FindAsset = (
  location: AssetLocation,
  userId: string,
) => Promise<AssetFacts | undefined>;

/** The Storage of the local stack keeps JSON as text, the platform's as what it is. */
const metadata = z.preprocess(
  (value) => typeof value === "string" ? JSON.parse(value) : value,
  z.object({ mimetype: z.string(), size: z.number() }),
);

interface Row {
  readonly metadata: unknown;
}

/**
 * A file in a public bucket is everybody's. In any other, the policies of Storage decide, under the
 * user's own role, as they do when the app reads the file itself.
 */
export function createFindAsset(sql: Database): FindAsset {
  return async ({ bucket, path }, userId) => {
    const [publicRows, , ownRows] = await sql.begin("read only", (transaction) => [
      transaction<Row[]>`
        select objects.metadata
        from storage.objects
        join storage.buckets on buckets.id = objects.bucket_id
        where buckets.public and objects.bucket_id = ${bucket} and objects.name = ${path}
      `,
      actAs(transaction, userId),
      transaction<Row[]>`
        select metadata from storage.objects where bucket_id = ${bucket} and name = ${path}
      `,
    ]);
    const [row] = [...publicRows, ...ownRows];
    if (!row) return undefined;
    const { mimetype, size } = metadata.parse(row.metadata);
    return { mediaType: mimetype, bytes: size };
  };
}
