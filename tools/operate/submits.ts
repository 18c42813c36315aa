/**
 * `deno task submits`: the maintenance switch. Pauses and resumes new requests of the running stack, or
 * of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { joinNegativeNumbers } from "./amounts.ts";
import { pauseStatus, pauseSubmits, resumeSubmits } from "./submits/commands.ts";
import { type PauseOptions, readPause } from "./submits/pause_options.ts";
import { type Command, runCommand } from "./run_command.ts";

const OPTIONS = {
  message: { type: "string" },
  "retry-after": { type: "string" },
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("submits")} COMMAND [--port PORT]

  pause                          new requests are a 503; what was accepted goes on
    --message "Back at noon"     what apps are told
    --retry-after 120            and for how many seconds they are to wait; default: 60
  resume                         they are accepted again
  status                         whether they are`;

await main(async () => {
  const { values, positionals } = parseArgs({
    args: joinNegativeNumbers(Deno.args),
    options: OPTIONS,
    allowPositionals: true,
  });
  await runCommand(values.port, commandOf(positionals, values));
});

/** Everything a person may have mistyped is told before anything is connected to. */
function commandOf(
  [command, ...others]: readonly string[],
  values: PauseOptions,
): Command {
  if (others.length > 0) throw new Error(USAGE);
  if (command === "resume") return resumeSubmits;
  if (command === "status") return async (sql) => (await pauseStatus(sql)).text;
  if (command !== "pause") throw new Error(USAGE);
  const pause = readPause(values);
  return (sql) => pauseSubmits(sql, pause);
}
