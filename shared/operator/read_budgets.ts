import type { Database } from "../database.ts";

/** A cap there may be, with what is used of it now. */
export interface BudgetView {
  readonly scope: "project" | "provider" | "key";
  /** `project`, the name of a provider, or the prefix of a key. */
  readonly name: string;
  readonly period: "day" | "month";
  /** USD with two decimals; null: no cap. */
  readonly cap: string | null;
  /** USD: spent, and reserved for what has not ended. */
  readonly used: string;
  /** Of the cap, in percent. */
  readonly percent: string | null;
}

/** Every cap there may be, of today and of this month (UTC): the project's first, then by name. */
export async function readBudgets(sql: Database): Promise<readonly BudgetView[]> {
  return await sql<BudgetView[]>`
    select
      scope, name, period, cap_usd as cap, round(used_usd, 2) as used,
      round(100 * share, 1) as percent
    from monitoring.spending
    where period_start = date_trunc(period, now() at time zone 'UTC')::date
    order by case scope when 'project' then 1 when 'provider' then 2 else 3 end, name, period
  `;
}
