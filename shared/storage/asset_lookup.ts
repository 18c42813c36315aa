import { z } from "zod";
import type { Database } from "../database.ts";
import type { ImageSize } from "../image_size.ts";
import type { StorageObject } from "./asset_url.ts";
import { readImageSize, type StorageAccess } from "./read_image_size.ts";

/** What Storage knows of a file. */
export interface AssetFacts {
  readonly mediaType: string;
  readonly bytes: number;
}

/** Looks up input files before a request is accepted. */
export interface AssetLookup {
  /**
   * Finds a file for a user; undefined if there is none, or none that the user may read. Everybody may
   * read a file in a public bucket. For any other, the policies of Storage decide, under the user's
   * own role, as they do when the app reads the file itself.
   */
  find(object: StorageObject, userId: string): Promise<AssetFacts | undefined>;
  /** Width and height of an image in Storage; undefined if the file does not begin like one. */
  readImageSize(object: StorageObject): Promise<ImageSize | undefined>;
}

/** Storage on the local stack keeps metadata as text; the platform keeps jsonb. */
const metadata = z.preprocess(
  (value) => typeof value === "string" ? JSON.parse(value) : value,
  z.object({ mimetype: z.string(), size: z.number() }),
);

export function createAssetLookup(sql: Database, access: StorageAccess): AssetLookup {
  return {
    async find({ bucket, path }, userId) {
      const [row] = await sql<{ metadata: unknown }[]>`
        select private.find_asset(${userId}::uuid, ${bucket}::text, ${path}::text) as metadata
      `;
      if (!row || row.metadata === null) return undefined;
      const { mimetype, size } = metadata.parse(row.metadata);
      return { mediaType: mimetype, bytes: size };
    },
    readImageSize: (object) => readImageSize(access, object),
  };
}
