import type { Database } from "../database.ts";

/** What goes on in all lanes together. */
export interface Totals {
  readonly pending: number;
  readonly processing: number;
  readonly completeHour: number;
  readonly failedHour: number;
  readonly completeDay: number;
  readonly failedDay: number;
  /** Spent today and this month (UTC), with what is reserved. */
  readonly usdDay: number;
  readonly usdMonth: number;
  readonly workers: number;
  readonly connections: number;
  readonly maxConnections: number;
  readonly databaseBytes: number;
}

/** What goes on now, what has ended in the last hour and day, and what all of it takes. */
export async function readTotals(sql: Database): Promise<Totals> {
  const [row] = await sql<[Totals]>`
    with ended as (
      select
        coalesce(sum(complete) filter (where period = 'hour'), 0)::integer as complete_hour,
        coalesce(sum(failed) filter (where period = 'hour'), 0)::integer as failed_hour,
        coalesce(sum(complete) filter (where period = 'day'), 0)::integer as complete_day,
        coalesce(sum(failed) filter (where period = 'day'), 0)::integer as failed_day
      from monitoring.operations
    ), spent as (
      select
        coalesce(sum(used_usd) filter (where period = 'day'), 0)::float8 as day,
        coalesce(sum(used_usd) filter (where period = 'month'), 0)::float8 as month
      from monitoring.spending
      where scope = 'project'
        and period_start = date_trunc(period, now() at time zone 'UTC')::date
    )
    select
      count(tasks.id) filter (where status = 'pending')::integer as pending,
      count(tasks.id) filter (where status = 'processing')::integer as processing,
      ended.complete_hour as "completeHour", ended.failed_hour as "failedHour",
      ended.complete_day as "completeDay", ended.failed_day as "failedDay",
      spent.day as "usdDay", spent.month as "usdMonth",
      (select count(*)::integer from monitoring.workers where live) as workers,
      (select sum(numbackends)::integer from pg_catalog.pg_stat_database) as connections,
      current_setting('max_connections')::integer as "maxConnections",
      pg_catalog.pg_database_size(current_database())::float8 as "databaseBytes"
    from ended
    cross join spent
    left join public.tasks on finished_at is null
    group by
      ended.complete_hour, ended.failed_hour, ended.complete_day, ended.failed_day, spent.day,
      spent.month
  `;
  return row;
}
