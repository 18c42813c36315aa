/**
 * `deno task check-sql`: syntax of all SQL, the bodies of functions too, and what would block or break
 * a running project in migrations. The rules stand in postgres-language-server.jsonc.
 */
import { DEFAULT_PORT, main, print } from "../command_line.ts";
import { foldersOf, repository } from "../local/stack/folders.ts";
import { run } from "../local/stack/run.ts";
import { installTool } from "../local/stack/tools.ts";

const CHECKED = ["schemas", "migrations", "snippets", "seed.sql"];

await main(async () => {
  const linter = await installTool(foldersOf(DEFAULT_PORT).tools, "sqlLinter");
  const paths = CHECKED.map((name) => `supabase/${name}`);
  await run(linter, ["check", "--disable-db", "--error-on-warnings", ...paths], {
    cwd: repository,
  });
  print("SQL is as it should be");
});
