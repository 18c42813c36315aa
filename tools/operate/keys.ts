/**
 * `deno task keys`: creates, lists and revokes the API keys of apps. Of the running stack, or of the
 * database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { joinNegativeNumbers } from "./amounts.ts";
import { createKey, listKeys, revokeKey } from "./keys/commands.ts";
import { readNewKey } from "./keys/new_key.ts";
import { type Command, runCommand } from "./run_command.ts";

const OPTIONS = {
  client: { type: "string" },
  environment: { type: "string" },
  operations: { type: "string" },
  expires: { type: "string" },
  "per-minute": { type: "string" },
  "usd-per-day": { type: "string" },
  "sees-costs": { type: "boolean", default: false },
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("keys")} COMMAND [--port PORT]

  create --client NAME           a new key for an app, shown this once
    --environment live           or test, dev: only tells what it is for
    --operations a,b             what it may submit; default: everything
    --expires YYYY-MM-DD         default: never
    --per-minute 600             submits of all its users; default: that of private.limits
    --usd-per-day 10             what its requests of a day (UTC) may cost; default: as above
    --sees-costs                 it is told what a task has cost
  list                           all keys, without what would open anything
  revoke PREFIX                  refused within 20 seconds`;

await main(async () => {
  const { values, positionals } = parseArgs({
    args: joinNegativeNumbers(Deno.args),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [command, ...operands] = positionals;
  await runCommand(values.port, commandOf(command, operands, values));
});

/** Everything a person may have mistyped is told before anything is connected to. */
function commandOf(
  command: string | undefined,
  operands: readonly string[],
  values: Parameters<typeof readNewKey>[0],
): Command {
  if (command === "create" && operands.length === 0) {
    const key = readNewKey(values, new Date());
    return (sql) => createKey(sql, key);
  }
  if (command === "list" && operands.length === 0) return listKeys;
  const [prefix, ...others] = operands;
  if (command === "revoke" && prefix && others.length === 0) return (sql) => revokeKey(sql, prefix);
  throw new Error(USAGE);
}
