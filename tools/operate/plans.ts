/** `deno task plans`: lists, changes and removes the plans of users. */
import { main } from "../command_line.ts";
import { plans } from "../commands/money_commands.ts";
import { listPlans, removePlan, setPlan } from "./plans/commands.ts";
import { readPlanChanges, readPlanName } from "./plans/plan_changes.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(plans, async ({ action, operands: [text = ""], values }) => {
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    list: () => listPlans,
    set: () => {
      const [name, changes] = [readPlanName(text), readPlanChanges(values)];
      return (sql) => setPlan(sql, name, changes);
    },
    remove: () => (sql) => removePlan(sql, text),
  };
  await runOnDatabase(values.port, work[action]());
});
