/**
 * `deno task budgets`: lists and sets the caps in USD of the project, its providers and API keys. Of the
 * running stack, or of the database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { joinNegativeNumbers } from "./amounts.ts";
import { type BudgetOptions, readBudgetChanges } from "./budgets/budget_changes.ts";
import { listBudgets, setBudgets } from "./budgets/commands.ts";
import { type Command, runCommand } from "./run_command.ts";

const OPTIONS = {
  "project-per-day": { type: "string" },
  "project-per-month": { type: "string" },
  "provider-per-day": { type: "string" },
  "key-per-day": { type: "string" },
  provider: { type: "string", multiple: true },
  key: { type: "string", multiple: true },
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("budgets")} COMMAND [--port PORT]

  list                           every cap, with what is used of it now
  set                            what requests may cost together, in USD; days and months of UTC
    --project-per-day 40         all requests of a day
    --project-per-month 400      all requests of a month
    --provider-per-day 25        those to one provider, of each without a cap of its own
    --provider openai=20         a provider's own cap; again for another; openai=default ends it
    --key-per-day 10             those with one API key, of each without a cap of its own
    --key PREFIX=5               a key's own cap; again for another; PREFIX=default ends it

The word none, instead of an amount, lifts a cap that has no name in it. What one user may spend is a
matter of plans: ${taskCommand("plans")}`;

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
  values: BudgetOptions,
): Command {
  if (others.length > 0) throw new Error(USAGE);
  if (command === "list") return listBudgets;
  if (command !== "set") throw new Error(USAGE);
  const changes = readBudgetChanges(values);
  return (sql) => setBudgets(sql, changes);
}
