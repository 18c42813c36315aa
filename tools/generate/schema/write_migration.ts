import { join } from "node:path";
import { readMigratedSources, uncommittedMigrations } from "./history.ts";
import { type Omission, planMigration } from "./plan_migration.ts";
import { readSources } from "./sources.ts";
import { readStatements, type Statement } from "./statements.ts";

/** What stands before it in a migration is written by hand, what follows is copied. */
const MARK =
  "-- Copied from supabase/schemas by `deno task migration`; it is written anew each time.";

const HANDWRITTEN =
  "-- Statements that no copy of a source can replace, such as `alter table` (with\n" +
  "-- `set local lock_timeout = '2s';` before it, so that it never blocks the project for long):\n";

export interface WrittenMigration {
  /** From the root of the repository. */
  readonly path: string;
  /** Objects whose statements were copied. */
  readonly copied: readonly string[];
  /** Changes that still need a statement written by hand. */
  readonly missing: readonly Omission[];
}

/**
 * Writes what has changed in the sources since the last committed migration into a new one, or anew
 * into the one that is not committed yet. Statements written by hand in it are kept. Undefined if
 * nothing has changed. Throws if another migration is uncommitted.
 *
 * @param root The root of the repository.
 * @param subject What it is about, for the file name: `add_note_to_tasks`.
 */
export async function writeMigration(
  root: string,
  subject: string,
  now: Date,
): Promise<WrittenMigration | undefined> {
  const path = await choosePath(root, subject, now);
  const written = await Deno.readTextFile(join(root, path)).catch(() => HANDWRITTEN);
  const [handwritten = ""] = written.split(MARK);
  const before = await statementsOf(await readMigratedSources(root));
  const after = await statementsOf((await readSources(root)).map(({ text }) => text));
  const { copied, missing } = planMigration(before, after, handwritten);
  if (copied.length === 0 && missing.length === 0 && handwritten === HANDWRITTEN) return undefined;

  const copies = copied.map(({ text }) => `\n${text};\n`).join("");
  await Deno.writeTextFile(join(root, path), `${handwritten.trimEnd()}\n\n${MARK}\n${copies}`);
  return { path, copied: copied.map(({ object }) => object), missing };
}

async function statementsOf(texts: readonly string[]): Promise<Statement[]> {
  return (await Promise.all(texts.map(readStatements))).flat();
}

async function choosePath(root: string, subject: string, now: Date): Promise<string> {
  const folder = "supabase/migrations";
  const [uncommitted, ...others] = await uncommittedMigrations(root);
  if (uncommitted?.endsWith(`_${subject}.sql`) && others.length === 0) {
    return `${folder}/${uncommitted}`;
  }
  if (uncommitted) {
    throw new Error(
      `${folder}/${uncommitted} is not committed: commit it, or run this again with its name`,
    );
  }
  const timestamp = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
  return `${folder}/${timestamp}_${subject}.sql`;
}
