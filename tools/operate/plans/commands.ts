import type postgres from "postgres";
import { taskCommand } from "../../command_line.ts";
import { type Cell, textTable } from "../../text_table.ts";
import type { PlanChanges } from "./plan_changes.ts";

/** Without these, users would fall back to a plan that nobody meant for them, or to none. */
const NEEDED: Readonly<Record<string, string>> = {
  default: "it is the plan of everybody whose token names none",
  anonymous: "it is the plan of users without an account",
};

/** Returns a table of all plans, and below it what those that restrict requests allow. */
export async function listPlans(sql: postgres.Sql): Promise<string> {
  const plans = await sql<Record<string, Cell>[]>`
    select
      name,
      coalesce(images_per_day::text, 'no limit') as images_a_day,
      coalesce(models_per_day::text, 'no limit') as models_a_day,
      coalesce(usd_per_day::text, 'no limit') as usd_a_day,
      coalesce(submits_per_minute::text, 'no limit') as submits_a_minute,
      coalesce(active_tasks::text, 'no limit') as active_tasks
    from private.plans
    order by name
  `;
  const restrictions = await sql<{ name: string; what: string; allowed: string }[]>`
    select plans.name, limits.what, limits.allowed
    from private.plans
    cross join lateral (
      values
        ('operations', array_to_string(operations, ', ')),
        ('providers', array_to_string(providers, ', ')),
        ('models', array_to_string(models, ', ')),
        ('qualities', array_to_string(qualities, ', ')),
        ('results of a request', 'up to ' || most_results),
        ('safety_tolerance', 'up to ' || most_safety_tolerance)
    ) as limits (what, allowed)
    where limits.allowed is not null
    order by plans.name, limits.what
  `;
  const lines = restrictions.map(({ name, what, allowed }) => `${name} allows ${what}: ${allowed}`);
  return [textTable(plans), ...lines.length > 0 ? ["", ...lines] : []].join("\n");
}

/** Changes a plan, or makes a new one, which is as the default one but for the changes. */
export async function setPlan(
  sql: postgres.Sql,
  name: string,
  changes: PlanChanges,
): Promise<string> {
  const isNew = await sql.begin(async (transaction) => {
    const { count } = await transaction`
      insert into private.plans
      select (jsonb_populate_record(plans, jsonb_build_object('name', ${name}::text))).*
      from private.plans
      where plans.name = 'default'
      on conflict do nothing
    `;
    const columns = Object.entries(changes);
    if (count === 0 && columns.length === 0) {
      throw new Error(`Nothing is to be changed. What can be: ${taskCommand("plans")}`);
    }
    for (const [column, value] of columns) {
      await transaction`
        update private.plans
        set ${transaction(column)} = ${typeof value === "object" && value ? [...value] : value}
        where name = ${name}
      `;
    }
    return count > 0;
  });
  const done = isNew
    ? `Made the plan ${name}: like default, but for what you have named. A user has it whose ` +
      `app_metadata.plan is "${name}", from the next token on`
    : `Changed the plan ${name}: the next submit obeys`;
  return `${done}\n\n${await listPlans(sql)}`;
}

/** Removes a plan. */
export async function removePlan(sql: postgres.Sql, name: string): Promise<string> {
  const reason = NEEDED[name];
  if (reason) throw new Error(`The plan ${name} cannot be removed: ${reason}`);
  const removed = await sql`delete from private.plans where name = ${name} returning name`;
  if (removed.length === 0) {
    const plans = await sql<{ name: string }[]>`select name from private.plans order by name`;
    throw new Error(`No plan ${name}; there are ${plans.map((plan) => plan.name).join(", ")}`);
  }
  return `Removed the plan ${name}: users whose token names it have the plan default from now on`;
}
