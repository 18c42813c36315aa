import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_PORT } from "../command_line.ts";
import { foldersOf, repository } from "../local/stack/folders.ts";
import { installTool } from "../local/stack/tools.ts";

const RULES = "postgres-language-server.jsonc";
const ADD_COLUMN = "alter table public.tasks add column note text;";
const REPLACE_FUNCTION = "create or replace function private.six() returns integer " +
  "language sql immutable set search_path = '' return 6;";

/** The rules that a migration of these statements breaks. */
async function brokenRules(...statements: readonly string[]): Promise<readonly string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const migrations = join(folder, "supabase/migrations");
    await Deno.mkdir(migrations, { recursive: true });
    await Deno.copyFile(join(repository, RULES), join(folder, RULES));
    await Deno.writeTextFile(join(migrations, "20990101000000_x.sql"), statements.join("\n"));
    const { stdout, stderr } = await new Deno.Command(
      await installTool(foldersOf(DEFAULT_PORT).tools, "sqlLinter"),
      { args: ["check", "--disable-db", "--error-on-warnings", "supabase"], cwd: folder },
    ).output();
    const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.match(text, /Checked 1 file/);
    return [...text.matchAll(/lint\/safety\/(\w+)/g)].map(([, rule = ""]) => rule);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a migration as CONTRIBUTING describes it breaks no rule", async () => {
  const statements = ["set local lock_timeout = '2s';", ADD_COLUMN, REPLACE_FUNCTION];
  assert.deepEqual(await brokenRules(...statements), []);
});

Deno.test("a table that is changed without a limit to the wait for its lock is warned of", async () => {
  assert.deepEqual(await brokenRules(ADD_COLUMN), ["lockTimeoutWarning"]);
});
