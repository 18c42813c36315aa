import type { Database } from "../database.ts";

/** What is to be done now and then, by whichever worker comes first; how often is in `private.sweeps`. */
export interface House {
  /** Gives tasks their lost messages back, ends what is overdue, takes away what nobody waits for. */
  sweep(): Promise<void>;
  /** Paths of result files that belong to no task that shows them; none if it is not time to look. */
  findOrphanedFiles(limit: number): Promise<string[]>;
}

export function createHouse(sql: Database, bucket: string): House {
  return {
    async sweep() {
      await sql`select private.sweep_if_due()`;
    },
    async findOrphanedFiles(limit) {
      const rows = await sql<{ name: string }[]>`
        select name
        from private.orphaned_files_if_due(${bucket}::text, ${limit}::integer) as name
      `;
      return rows.map(({ name }) => name);
    },
  };
}
