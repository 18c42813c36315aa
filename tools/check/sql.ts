/**
 * `deno task check-sql`: syntax of all SQL, the bodies of functions too, and what would block or break
 * a running project in migrations. The rules stand in postgres-language-server.jsonc. Lines of the
 * sources have at most 100 columns.
 */
import { DEFAULT_PORT, main, print } from "../command_line.ts";
import { checkSql } from "../commands/development_commands.ts";
import { foldersOf, repository } from "../local/stack/folders.ts";
import { run } from "../local/stack/run.ts";
import { installTool } from "../local/stack/tools.ts";
import { readSources } from "../generate/schema/sources.ts";
import { longLines } from "./long_lines.ts";

const CHECKED = ["schemas", "migrations", "snippets", "seed.sql"];

await main(checkSql, async () => {
  const linter = await installTool(foldersOf(DEFAULT_PORT).tools, "sqlLinter");
  const paths = CHECKED.map((name) => `supabase/${name}`);
  await run(linter, ["check", "--disable-db", "--error-on-warnings", ...paths], {
    cwd: repository,
  });
  const tooLong = (await readSources()).flatMap(({ path, text }) => longLines(path, text));
  if (tooLong.length > 0) throw new Error(`More than 100 columns: ${tooLong.join(", ")}`);
  print("SQL is as it should be");
});
