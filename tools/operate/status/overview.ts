import type postgres from "postgres";
import { wrap } from "../../commands/wrap.ts";
import { lanesPage } from "../lanes/page.ts";
import { pauseStatus } from "../submits/commands.ts";
import { diskOf, megabytes } from "./disk.ts";

interface Totals {
  readonly waiting: string;
  readonly underWay: string;
  readonly complete: string;
  readonly failed: string;
  readonly completeDay: string;
  readonly failedDay: string;
  readonly usdDay: string;
  readonly usdMonth: string;
  readonly workers: string;
  readonly connections: string;
  readonly size: string;
}

export interface OverviewOptions {
  readonly width: number;
  readonly localPort: number | undefined;
}

/** What is going on now, in a few lines. */
export async function overview(
  sql: postgres.Sql,
  { width, localPort }: OverviewOptions,
): Promise<string[]> {
  const { isPaused, text } = await pauseStatus(sql);
  const totals = await readTotals(sql);
  return [
    ...(isPaused ? text.split("\n").flatMap((line) => wrap(line, width)) : []),
    "",
    ...(await lanesPage(sql, { width, wordsLines: 1 })).split("\n"),
    "",
    `Tasks       ${totals.waiting} pending, ${totals.underWay} processing`,
    `Last hour   ${totals.complete} complete, ${totals.failed} failed` +
    `   Last day  ${totals.completeDay} complete, ${totals.failedDay} failed`,
    `Spent       $${totals.usdDay} today, $${totals.usdMonth} this month (UTC, with what is reserved)`,
    `Database    ${totals.connections} connections, ${megabytes(Number(totals.size))}` +
    `   Workers  ${totals.workers} at work`,
    ...(localPort === undefined ? [] : [`Disk        ${await diskLine(localPort)}`]),
  ];
}

async function diskLine(localPort: number): Promise<string> {
  const { free, total } = await diskOf(localPort);
  return `${megabytes(free)} of ${megabytes(total)} are free`;
}

async function readTotals(sql: postgres.Sql): Promise<Totals> {
  const [row] = await sql<[Totals]>`
    select
      count(*) filter (where status = 'pending') as waiting,
      count(*) filter (where status = 'processing') as "underWay",
      (
        select coalesce(sum(complete), 0) from monitoring.operations where period = 'hour'
      ) as complete,
      (select coalesce(sum(failed), 0) from monitoring.operations where period = 'hour') as failed,
      (
        select coalesce(sum(complete), 0) from monitoring.operations where period = 'day'
      ) as "completeDay",
      (select coalesce(sum(failed), 0) from monitoring.operations where period = 'day')
        as "failedDay",
      (
        select round(coalesce(sum(used_usd), 0), 2) from monitoring.spending
        where scope = 'project' and period = 'day'
          and period_start = (now() at time zone 'UTC')::date
      ) as "usdDay",
      (
        select round(coalesce(sum(used_usd), 0), 2) from monitoring.spending
        where scope = 'project' and period = 'month'
          and period_start = date_trunc('month', now() at time zone 'UTC')::date
      ) as "usdMonth",
      (select count(*) from monitoring.workers where live) as workers,
      (select sum(numbackends) from pg_catalog.pg_stat_database) || ' of '
        || current_setting('max_connections') as connections,
      pg_catalog.pg_database_size(current_database()) as size
    from public.tasks
    where finished_at is null
  `;
  return row;
}
