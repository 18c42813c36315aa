import type postgres from "postgres";

/** In USD: more than all that is asked for, so that some is counted in stripes and some exactly. */
const CAPS = { user: 100, provider: 100, project: 400, month: 800 };

export async function setCaps(sql: postgres.Sql): Promise<void> {
  await sql`update private.plans set usd_per_day = ${CAPS.user}`;
  await sql`
    update private.limits
    set project_usd_per_day = ${CAPS.project}, project_usd_per_month = ${CAPS.month},
      provider_usd_per_day = ${CAPS.provider}
  `;
}

interface Sum {
  readonly name: string;
  readonly counted: string | null;
  readonly due: string | null;
}

/** Where the budgets are not to the cent what the ledger says, in words. */
export async function findBudgetProblems(sql: postgres.Sql): Promise<string[]> {
  // What workers have left to be counted.
  await sql`select private.count_changes()`;
  const sums = [...await readTasks(sql), ...await readProviders(sql), ...await readUsers(sql)];
  const [all] = await sql<{ cost: string }[]>`
    select coalesce(sum(private.call_cost_usd(outcome, cost_usd, estimate_usd)), 0) as cost
    from private.provider_calls
  `;
  const wrong = sums.filter(({ counted, due }) => Number(counted) !== Number(due))
    .map(({ name, counted, due }) => `counts ${counted} USD instead of ${due}: ${name}`);
  return Number(all?.cost) > 0 ? wrong : [...wrong, "nothing has cost anything"];
}

/** What has ended counts what it has cost; what a provider still works on may cost as much more. */
function readTasks(sql: postgres.Sql): Promise<Sum[]> {
  return sql<Sum[]>`
    select 'task ' || id as name, reserved_usd as counted, private.task_cost_usd(id) as due
    from public.tasks
    where not winds_down or reserved_usd < private.task_cost_usd(id)
  `;
}

function readProviders(sql: postgres.Sql): Promise<Sum[]> {
  return sql<Sum[]>`
    select name, counted, due
    from (
      select scope_id as name, sum(usd) as counted
      from (
        select scope_id, used_usd as usd from private.spending where scope = 'provider'
        union all
        select provider, used_usd from private.spending_stripes
      ) as written
      group by scope_id
    ) as budgets
    full join (
      select provider as name, sum(reserved_usd) as due from public.tasks group by provider
    ) as tasks using (name)
    union all
    select
      'project',
      (select sum(used_usd) from private.spending where scope = 'project')
        + (select sum(used_usd) from private.spending_stripes),
      (select sum(reserved_usd) from public.tasks)
  `;
}

function readUsers(sql: postgres.Sql): Promise<Sum[]> {
  return sql<Sum[]>`
    select 'user ' || user_id as name, counted, due
    from (
      select user_id, sum(used_usd) as counted from private.user_spending group by user_id
    ) as budgets
    full join (
      select user_id, sum(reserved_usd) as due from public.tasks group by user_id
    ) as tasks using (user_id)
  `;
}
