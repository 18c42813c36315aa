import { join } from "node:path";
import { editedMigrations, readMigratedSources, uncommittedMigrations } from "./history.ts";
import { type MigrationPlan, planMigration } from "./plan_migration.ts";
import { readSources } from "./sources.ts";
import { readStatements, type Statement } from "./statements.ts";

/** What stands before it in a migration is written by hand, what follows is copied. */
export const MARK =
  "-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.";

export function handwrittenPart(migration: string): string {
  return migration.split(MARK)[0] ?? "";
}

/** What the migration after the last committed one must do. @param root The repository's. */
export async function planNextMigration(root: string, handwritten: string): Promise<MigrationPlan> {
  const before = await statementsOf(await readMigratedSources(root));
  const after = await statementsOf((await readSources(root)).map(({ text }) => text));
  return planMigration(before, after, handwritten);
}

/**
 * The objects of the sources that have changed and that no migration changes yet, committed or not.
 * None while a committed migration is edited, which ends with the first deploy: then only the
 * catalogues of both databases can tell.
 */
export async function findUnmigrated(root: string): Promise<string[]> {
  if ((await editedMigrations(root)).length > 0) return [];
  const texts = await Promise.all(
    (await uncommittedMigrations(root)).map((name) =>
      Deno.readTextFile(join(root, "supabase/migrations", name))
    ),
  );
  const handwritten = texts.map(handwrittenPart).join("\n");
  const { copied, missing } = await planNextMigration(root, handwritten);
  const absent = copied.filter(({ text }) => !texts.some((migration) => migration.includes(text)));
  return [...missing, ...absent].map(({ object }) => object);
}

async function statementsOf(texts: readonly string[]): Promise<Statement[]> {
  return (await Promise.all(texts.map(readStatements))).flat();
}
