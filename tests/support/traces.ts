import { withDatabase } from "./stack.ts";

const SCHEMAS = ["public", "private", "pgmq", "monitoring", "storage", "auth"];

/**
 * The tables, of all that there are, with rows in which one of the words stands in any column, as
 * "schema.table count".
 */
export async function placesOf(words: readonly string[]): Promise<string[]> {
  return await withDatabase(async (sql) => {
    const tables = await sql<{ schema: string; table: string }[]>`
      select table_schema as schema, table_name as table from information_schema.tables
      where table_schema = any (${SCHEMAS}) and table_type = 'BASE TABLE'
      order by 1, 2
    `;
    const places: string[] = [];
    for (const { schema, table } of tables) {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::integer as count from ${sql(schema)}.${sql(table)} as r
        where exists (
          select from unnest(${[...words]}::text[]) as word
          where position(word in to_jsonb(r)::text) > 0
        )
      `;
      if (row && row.count > 0) places.push(`${schema}.${table} ${row.count}`);
    }
    return places;
  });
}
