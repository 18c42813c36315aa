import { z } from "zod";
import type { Database } from "../database.ts";
import type { AssetLocation } from "./asset_url.ts";

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

/**
 * A file in a public bucket is everybody's. In any other, the policies of Storage decide, under the
 * user's own role, as they do when the app reads the file itself.
 */
export function createFindAsset(sql: Database): FindAsset {
  return async ({ bucket, path }, userId) => {
    const [row] = await sql<{ metadata: unknown }[]>`
      select private.find_asset(${userId}::uuid, ${bucket}::text, ${path}::text) as metadata
    `;
    if (!row || row.metadata === null) return undefined;
    const { mimetype, size } = metadata.parse(row.metadata);
    return { mediaType: mimetype, bytes: size };
  };
}
