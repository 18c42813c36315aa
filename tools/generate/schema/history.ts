import { run } from "../../local/stack/run.ts";

const MIGRATIONS = "supabase/migrations";
const SOURCES = "supabase/schemas";

async function git(root: string, ...args: string[]): Promise<string> {
  return await run("git", args, { cwd: root });
}

/** The SQL sources as they were when the last migration was committed, in their order. */
export async function readMigratedSources(root: string): Promise<string[]> {
  const commit = (await git(root, "log", "-1", "--format=%H", "--", MIGRATIONS)).trim();
  if (!commit) throw new Error(`No migration is committed in ${MIGRATIONS}: commit it first`);
  const listed = await git(root, "ls-tree", "-r", "--name-only", commit, SOURCES);
  const paths = listed.split("\n").filter((path) => path.endsWith(".sql")).sort();
  return await Promise.all(paths.map((path) => git(root, "show", `${commit}:${path}`)));
}

/** Migrations that are not committed yet, by their file names. */
export async function uncommittedMigrations(root: string): Promise<string[]> {
  return await migrationsOf(root, /^(\?\?|A)/);
}

/** Migrations that were committed and are edited, by their file names. */
export async function editedMigrations(root: string): Promise<string[]> {
  return await migrationsOf(root, /^( M|M)/);
}

async function migrationsOf(root: string, status: RegExp): Promise<string[]> {
  const lines = await git(root, "status", "--porcelain", "--untracked-files=all", MIGRATIONS);
  return lines.split("\n").filter((line) => status.test(line)).map((line) =>
    line.slice(3 + MIGRATIONS.length + 1)
  );
}
