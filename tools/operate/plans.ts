/**
 * `deno task plans`: lists, changes and removes the plans of users. Of the running stack, or of the
 * database that DATABASE_URL names.
 */
import { parseArgs } from "node:util";
import { DEFAULT_PORT, main, taskCommand } from "../command_line.ts";
import { joinNegativeNumbers } from "./amounts.ts";
import { listPlans, removePlan, setPlan } from "./plans/commands.ts";
import { type PlanOptions, readPlanChanges, readPlanName } from "./plans/plan_changes.ts";
import { type Command, runCommand } from "./run_command.ts";

const OPTIONS = {
  "images-per-day": { type: "string" },
  "models-per-day": { type: "string" },
  "usd-per-day": { type: "string" },
  "submits-per-minute": { type: "string" },
  "active-tasks": { type: "string" },
  operations: { type: "string" },
  providers: { type: "string" },
  models: { type: "string" },
  qualities: { type: "string" },
  "most-results": { type: "string" },
  "most-safety-tolerance": { type: "string" },
  "no-limit": { type: "string" },
  port: { type: "string", default: String(DEFAULT_PORT) },
} as const;

const USAGE = `Usage: ${taskCommand("plans")} COMMAND [--port PORT]

  list                           all plans
  set NAME                       changes a plan; a new one begins as a copy of default
    --images-per-day 50          images that a user may ask for in a day (UTC)
    --models-per-day 5           the same for 3D models
    --usd-per-day 2              what a user's requests of a day may cost
    --submits-per-minute 30      requests of a user in a minute
    --active-tasks 20            requests of a user that have not ended
    --operations a,b             what may be asked for
    --providers a,b              of whom
    --models a,b                 with which models of theirs
    --qualities a,b              values of quality
    --most-results 4             the largest n
    --most-safety-tolerance 2    the loosest safety_tolerance
    --no-limit models-per-day,…  lifts these limits
  remove NAME                    its users have the plan default then`;

await main(async () => {
  const { values, positionals: [command, ...operands] } = parseArgs({
    args: joinNegativeNumbers(Deno.args),
    options: OPTIONS,
    allowPositionals: true,
  });
  await runCommand(values.port, commandOf(command, operands, values));
});

/** Everything a person may have mistyped is told before anything is connected to. */
function commandOf(
  command: string | undefined,
  operands: readonly string[],
  values: PlanOptions,
): Command {
  const [text, ...others] = operands;
  if (command === "list" && text === undefined) return listPlans;
  if (text === undefined || others.length > 0) throw new Error(USAGE);
  if (command === "remove") return (sql) => removePlan(sql, text);
  if (command !== "set") throw new Error(USAGE);
  const name = readPlanName(text);
  const changes = readPlanChanges(values);
  return (sql) => setPlan(sql, name, changes);
}
