/** `deno task lanes`: lists the lanes of the providers, pauses and resumes one. */
import { main } from "../command_line.ts";
import { lanes } from "../commands/operator_commands.ts";
import { terminalWidth } from "../terminal.ts";
import { pauseLane, resumeLane } from "./lanes/commands.ts";
import { lanesPage } from "./lanes/page.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(lanes, async ({ action, operands: [name = ""], values }) => {
  const work: Record<typeof action, Work> = {
    list: (sql) => lanesPage(sql, { width: terminalWidth(), wordsLines: 3 }),
    pause: (sql) => pauseLane(sql, name),
    resume: (sql) => resumeLane(sql, name),
  };
  await runOnDatabase(values.port, work[action]);
});
