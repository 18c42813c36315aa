import type postgres from "postgres";
import { taskCommand } from "../../command_line.ts";
import { type Cell, textTable } from "../../text_table.ts";
import type { BudgetChanges } from "./budget_changes.ts";

/** Returns a table of every cap there may be, with what is used of it now. */
export async function listBudgets(sql: postgres.Sql): Promise<string> {
  const budgets = await sql<Record<string, Cell>[]>`
    select
      scope as of, name, period, coalesce(cap_usd::text, 'no cap') as cap_usd,
      round(used_usd, 2) as used_usd, round(100 * share, 1) as percent
    from monitoring.spending
    where period_start = date_trunc(period, now() at time zone 'UTC')::date
    order by case scope when 'project' then 1 when 'provider' then 2 else 3 end, name, period
  `;
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
  await sql.begin(async (transaction) => {
    if (Object.keys(limits).length > 0) {
      await transaction`update private.limits set ${transaction({ ...limits })} where only_row`;
    }
    // As the page about operations has it for changes of several lanes.
    if (providers.size > 0) await transaction`select private.lock_lanes()`;
    for (const [provider, cap] of providers) {
      await transaction`
        update private.lanes set usd_per_day = ${cap}::numeric where provider = ${provider}
      `;
    }
    for (const [prefix, cap] of keys) {
      const { count } = await transaction`
        update private.api_keys set usd_per_day = ${cap}::numeric where prefix = ${prefix}
      `;
      if (count === 0) {
        throw new Error(
          `No key begins with ${prefix}, and nothing was changed. See them all: ${
            taskCommand("keys")
          } list`,
        );
      }
    }
  });
  return `Set: the next submit obeys\n\n${await listBudgets(sql)}`;
}
