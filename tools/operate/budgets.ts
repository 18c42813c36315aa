/** `deno task budgets`: lists and sets the caps in USD of the project, its providers and API keys. */
import { main } from "../command_line.ts";
import { budgets } from "../commands/money_commands.ts";
import { readBudgetChanges } from "./budgets/budget_changes.ts";
import { listBudgets, setBudgets } from "./budgets/commands.ts";
import { runOnDatabase, type Work } from "./run_command.ts";

await main(budgets, async ({ action, values }) => {
  // Everything a person may have mistyped is told before anything is connected to.
  const work: Record<typeof action, () => Work> = {
    list: () => listBudgets,
    set: () => {
      const changes = readBudgetChanges(values);
      return (sql) => setBudgets(sql, changes);
    },
  };
  await runOnDatabase(values.port, work[action]());
});
