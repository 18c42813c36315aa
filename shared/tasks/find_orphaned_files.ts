import type { Database } from "../database.ts";

/** Paths of result files that belong to no task that shows them. */
export type FindOrphanedFiles = (limit: number) => Promise<string[]>;

export function createFindOrphanedFiles(sql: Database, bucket: string): FindOrphanedFiles {
  return async (limit) => {
    const rows = await sql<{ name: string }[]>`
      select orphaned_files as name from private.orphaned_files(${bucket}::text, ${limit}::integer)
    `;
    return rows.map(({ name }) => name);
  };
}
