import type postgres from "postgres";
import { readSources } from "../../tools/generate/schema/sources.ts";

/** Runs the SQL sources in their order. */
export async function applySources(sql: postgres.Sql): Promise<void> {
  for (const { text } of await readSources()) await sql.unsafe(text).simple();
}

const query = new URL("catalogue.sql", import.meta.url);

/** Rows that migrations write: settings of the project, and no data. */
const SEEDED = [
  "private.lanes",
  "private.limits",
  "private.task_errors",
  "private.sweeps",
  "private.retention",
  "monitoring.thresholds",
  "monitoring.alert_kinds",
  "monitoring.model_shutdowns",
  "storage.buckets",
];

/** Everything that is defined in a database, and every row that its migrations wrote; sorted lines. */
export async function readCatalogue(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql.unsafe<{ line: string }[]>(await Deno.readTextFile(query));
  const lines = rows.map(({ line }) => line);
  for (const table of SEEDED) {
    // A time that a row was written at is not the project's.
    const seeded = await sql.unsafe<{ row: string }[]>(
      `select (to_jsonb(t) - 'created_at' - 'updated_at')::text as row from ${table} as t`,
    );
    lines.push(...seeded.map(({ row }) => `row of ${table}: ${row}`));
  }
  return lines.sort();
}
