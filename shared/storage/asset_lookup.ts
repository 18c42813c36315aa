import type { Database } from "../database.ts";
import type { ImageSize } from "../image_size.ts";
import type { ObjectVersion, StorageObject } from "./asset_url.ts";
import { fileMetadata, type FileVersion, plainEtag } from "./file_version.ts";
import { readImageSize } from "./read_image_size.ts";
import type { StorageAccess } from "./storage_access.ts";

/** What Storage knows of a file. */
export interface AssetFacts extends FileVersion {
  readonly mediaType: string;
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
  readImageSize(object: ObjectVersion): Promise<ImageSize | undefined>;
}

export function createAssetLookup(sql: Database, access: StorageAccess): AssetLookup {
  return {
    async find({ bucket, path }, userId) {
      const [row] = await sql<{ metadata: unknown; version: string | null }[]>`
        select metadata, version
        from private.find_asset(${userId}::uuid, ${bucket}::text, ${path}::text)
      `;
      if (!row || row.metadata === null) return undefined;
      const { mimetype, size, eTag } = fileMetadata.parse(row.metadata);
      return {
        mediaType: mimetype,
        bytes: size,
        etag: plainEtag(eTag),
        version: row.version ?? undefined,
      };
    },
    readImageSize: (object) => readImageSize(access, object),
  };
}
