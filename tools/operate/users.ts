/**
 * `deno task users`: blocks and unblocks users, exports and deletes what there is of one. Of the running
 * stack, or of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { BLOCK_OPTIONS, BLOCK_USAGE, blockCommandOf } from "./users/block_commands.ts";
import { DATA_OPTIONS, DATA_USAGE, dataCommandOf } from "./users/data_commands.ts";
import { runCommand } from "./run_command.ts";

const OPTIONS = {
  ...BLOCK_OPTIONS,
  ...DATA_OPTIONS,
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("users")} COMMAND [--port PORT]

${BLOCK_USAGE}
${DATA_USAGE}

USER is an id or an e-mail address.`;

await main(async () => {
  const { values, positionals: [command, ...operands] } = parseArgs({
    args: Deno.args,
    options: OPTIONS,
    allowPositionals: true,
  });
  // Everything a person may have mistyped is told before anything is connected to.
  const run = blockCommandOf(command, operands, values) ??
    dataCommandOf(command, operands, values);
  if (!run) throw new Error(USAGE);
  await runCommand(values.port, run);
});
