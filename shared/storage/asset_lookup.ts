import type { Database } from "../database.ts";
import type { ByteSource } from "../inputs/byte_source.ts";
import type { StorageObject } from "./asset_url.ts";
import type { CheckedInput } from "./checked_input.ts";
import { fileMetadata, type FileVersion, plainEtag } from "./file_version.ts";
import { storedFile } from "./stored_file.ts";
import type { StorageAccess } from "./storage_access.ts";

/** Looks up input files before a request is accepted. */
export interface AssetLookup {
  /**
   * Finds a file for a user: which upload is there, and how long it is; undefined if there is none, or none that the user may read. Everybody may
   * read a file in a public bucket. For any other, the policies of Storage decide, under the user's
   * own role, as they do when the app reads the file itself.
   */
  find(object: StorageObject, userId: string): Promise<FileVersion | undefined>;
  /** Opens a file that the user may read, past all policies. */
  open(file: CheckedInput): ByteSource;
}

export function createAssetLookup(sql: Database, access: StorageAccess): AssetLookup {
  return {
    async find({ bucket, path }, userId) {
      const [row] = await sql<{ metadata: unknown; version: string | null }[]>`
        select metadata, version
        from private.find_asset(${userId}::uuid, ${bucket}::text, ${path}::text)
      `;
      if (!row || row.metadata === null) return undefined;
      const { size, eTag } = fileMetadata.parse(row.metadata);
      return { bytes: size, etag: plainEtag(eTag), version: row.version ?? undefined };
    },
    open: (file) => storedFile(access, file),
  };
}
