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

/** What takes away what functions of the last release use; of the rest `tests/upgrade` knows. */
const CONTRACTIONS = {
  banDropColumn: "alter table private.api_keys drop column sees_costs;",
  banDropTable: "drop table private.api_keys;",
  renamingColumn: "alter table public.tasks rename column inputs to input_files;",
  renamingTable: "alter table public.tasks rename to generations;",
  addingRequiredField: "alter table public.tasks add column note text not null;",
};

for (const [rule, statement] of Object.entries(CONTRACTIONS)) {
  Deno.test(`what old functions may use is not taken from them unseen: ${rule}`, async () => {
    assert.deepEqual(await brokenRules("set local lock_timeout = '2s';", statement), [rule]);
  });
}

Deno.test("the checker does not see that a function, a view or the type of a column is missed", async () => {
  const statements = [
    "set local lock_timeout = '2s';",
    "drop function private.six();",
    "drop view monitoring.lanes;",
    "alter table public.tasks alter column progress type text;",
  ];
  assert.deepEqual(await brokenRules(...statements), []);
});
