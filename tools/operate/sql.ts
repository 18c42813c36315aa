/** `deno task sql "select …"`: runs SQL, and prints its rows; changes nothing without `--write`. */
import { readFile } from "node:fs/promises";
import type postgres from "postgres";
import { main } from "../command_line.ts";
import { sql as command } from "../commands/operator_commands.ts";
import { UsageError } from "../commands/read.ts";
import { terminalWidth } from "../terminal.ts";
import { runOnDatabase } from "./run_command.ts";
import { failureOf, type Result, resultAsJson, resultAsText } from "./sql/results.ts";

await main(command, async ({ operands: [typed], values: { file, write, json, port } }) => {
  if ((typed === undefined) === (file === undefined)) {
    throw new UsageError("What is to be run? SQL in quotes, or --file PATH");
  }
  const text = typed ?? await readFile(file === "-" ? "/dev/stdin" : file ?? "", "utf8");
  await runOnDatabase(port, async (sql) => {
    const results = await run(sql, text, write ? "read write" : "read only");
    return results.map((result) =>
      json ? resultAsJson(result) : resultAsText(result, terminalWidth())
    )
      .join("\n\n");
  }, { isForProgram: json });
});

/** In one transaction. Read only it keeps from slips, not from whoever wants to change something. */
async function run(
  sql: postgres.Sql,
  text: string,
  mode: "read write" | "read only",
): Promise<readonly Result[]> {
  try {
    return await sql.begin(mode, async (transaction) => {
      const answer: unknown = await transaction.unsafe(text).values();
      return resultsOf(answer);
    });
  } catch (error) {
    throw failureOf(error, text);
  }
}

/** One statement answers its result, several a list of theirs. */
function resultsOf(answer: unknown): readonly Result[] {
  const isOne = typeof answer === "object" && answer !== null && "command" in answer;
  return (isOne ? [answer] : answer) as readonly Result[];
}
