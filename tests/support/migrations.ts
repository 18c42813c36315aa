import type postgres from "postgres";

const folder = new URL("../../supabase/migrations/", import.meta.url);

/** What migrations expect of the platform, as far as a database needs it that no service looks into. */
const platform = new URL("../properties/platform.sql", import.meta.url);

/** The names of all migrations, in order. */
export const migrationNames: readonly string[] = [...Deno.readDirSync(folder)]
  .map(({ name }) => name)
  .sort();

export async function readMigration(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(name, folder));
}

/** Sets up what the platform would have. */
export async function applyPlatform(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(await Deno.readTextFile(platform)).simple();
}

/** Runs all migrations as they are, but for what is edited. */
export async function applyMigrations(
  sql: postgres.Sql,
  edit: (text: string, name: string) => string = (text) => text,
): Promise<void> {
  for (const name of migrationNames) {
    await sql.unsafe(edit(await readMigration(name), name)).simple();
  }
}
