/** A part of what `deno task status` shows. */
export interface StatusTable {
  readonly title: string;
  readonly query: string;
}

/** Both seconds of an interval, to a tenth: nobody reads more of them. */
function pairOf(interval: "wait" | "run"): string {
  return `round(${interval}_p50::numeric, 1) || ' / ' || round(${interval}_p95::numeric, 1)` +
    ` as ${interval}`;
}

export const statusTables: readonly StatusTable[] = [
  {
    title: "Ended in the last hour (seconds: median / 95 of 100)",
    query: `
      select
        operation, provider, complete as done, failed, canceled,
        ${pairOf("wait")}, ${pairOf("run")}
      from monitoring.operations
      where period = 'hour'
      order by operation, provider
    `,
  },
  {
    title: "Ended in the last day (seconds: median / 95 of 100)",
    query: `
      select
        operation, provider, complete as done, failed, canceled,
        ${pairOf("wait")}, ${pairOf("run")}
      from monitoring.operations
      where period = 'day'
      order by operation, provider
    `,
  },
  {
    title: "Failures of the last day",
    query: `
      select provider, operation, error_code, last_hour, last_day, last_at
      from monitoring.failures
      order by last_day desc
      limit 20
    `,
  },
  {
    title: "Budgets of today and of this month (UTC, USD; with what is reserved)",
    query: `
      select
        name, period, round(used_usd, 2) as used_usd, cap_usd,
        round(100 * share, 1) as percent
      from monitoring.spending
      where period_start = date_trunc(period, now() at time zone 'UTC')::date
        and (used_usd > 0 or cap_usd is not null)
      order by case scope when 'project' then 1 when 'provider' then 2 else 3 end, name, period
    `,
  },
  {
    title: "Spend of the last seven days, by day of the submit (UTC, USD)",
    query: `
      select
        to_char(day, 'YYYY-MM-DD') as day, provider, plan, tasks, calls,
        round(billed_usd, 2) as billed_usd, round(reserved_usd, 2) as reserved_usd
      from monitoring.spend_by_day
      order by day desc, provider, plan
    `,
  },
  {
    title: "The ten dearest users of today (UTC, USD)",
    query: `
      select user_id, plan, tasks, round(usd, 2) as usd
      from monitoring.dearest_users
      order by usd desc
    `,
  },
  {
    title: "Billable calls of the last seven days",
    query: `
      select
        to_char(day, 'YYYY-MM-DD') as day, provider, calls, succeeded, failed, under_way, ambiguous,
        results, round(cost_usd, 2) as cost_usd, cost_unknown,
        round(ambiguous_cost_usd, 2) as ambiguous_cost_usd
      from monitoring.billable_calls
      order by day desc, provider
    `,
  },
  {
    title: "Stuck tasks",
    query: `
      select id, lane, operation, reason, since, claims_without_outcome as claims
      from monitoring.stuck_tasks
      order by since
      limit 20
    `,
  },
  {
    title: "Dead letters",
    query: `
      select id, dead_lettered_at, queue, task_id, poison, reason
      from monitoring.dead_letters
      order by dead_lettered_at desc
      limit 20
    `,
  },
  {
    title: "What operators did last",
    query: `
      select
        acted_at, coalesce(operator_email, operator_id::text, 'a command') as who, action,
        nullif(
          concat_ws(' ', subject_id::text, nullif(request, '{}')::text), ''
        ) as what
      from private.operator_actions
      order by id desc
      limit 20
    `,
  },
  {
    title: "Workers",
    query: `select id, started_at, seen_at, live from monitoring.workers order by seen_at desc`,
  },
  {
    title: "Schedule",
    query: `
      select job, schedule, active, started_at, status, left(message, 60) as message
      from monitoring.cron_jobs
      order by job
    `,
  },
  {
    title: "Maintenance",
    query: `select job, run_every::text, last_run_at from monitoring.maintenance_jobs order by job`,
  },
  {
    title: "Inconsistencies (reconciled once a minute)",
    query: `select kind, count from private.inconsistencies where count > 0 order by kind`,
  },
];
