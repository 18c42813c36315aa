import type postgres from "postgres";
import { operate } from "../../../shared/operator/operate.ts";
import { readBudgets } from "../../../shared/operator/read_budgets.ts";
import { taskCommand } from "../../command_line.ts";
import { textTable } from "../../text_table.ts";
import type { BudgetChanges } from "./budget_changes.ts";

/** Returns a table of every cap there may be, with what is used of it now. */
export async function listBudgets(sql: postgres.Sql): Promise<string> {
  const budgets = (await readBudgets(sql)).map(({ scope, name, period, cap, used, percent }) => (
    { of: scope, name, period, cap_usd: cap ?? "no cap", used_usd: used, percent }
  ));
  return `${
    textTable(budgets)
  }\n\nDays and months are of UTC; what has not ended counts with its ` +
    `estimate.\nA user's budget is that of the plan: ${taskCommand("plans")} list`;
}

/** Sets caps: all that are named, or, if one cannot be set, none. */
export async function setBudgets(
  sql: postgres.Sql,
  { limits, providers, keys }: BudgetChanges,
): Promise<string> {
  await operate(sql, null, {
    action: "set_budgets",
    ...limits,
    ...(providers.size > 0 && { providers: Object.fromEntries(providers) }),
    ...(keys.size > 0 && { keys: Object.fromEntries(keys) }),
  });
  return `Set: the next submit obeys\n\n${await listBudgets(sql)}`;
}
