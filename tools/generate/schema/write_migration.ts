import { join } from "node:path";
import { uncommittedMigrations } from "./history.ts";
import { handwrittenPart, MARK, planNextMigration } from "./next_migration.ts";
import type { Omission } from "./plan_migration.ts";

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
  const handwritten = handwrittenPart(written);
  const { copied, missing } = await planNextMigration(root, handwritten);
  if (copied.length === 0 && missing.length === 0 && handwritten === HANDWRITTEN) return undefined;

  const copies = copied.map(({ text }) => `\n${text};\n`).join("");
  await Deno.writeTextFile(join(root, path), `${handwritten.trimEnd()}\n\n${MARK}\n${copies}`);
  return { path, copied: copied.map(({ object }) => object), missing };
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
