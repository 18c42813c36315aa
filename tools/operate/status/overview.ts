import type postgres from "postgres";
import { readTotals } from "../../../shared/operator/read_totals.ts";
import { wrap } from "../../commands/wrap.ts";
import { lanesPage } from "../lanes/page.ts";
import { pauseStatus } from "../submits/commands.ts";
import { diskOf, megabytes } from "./disk.ts";

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
    `Tasks       ${totals.pending} pending, ${totals.processing} processing`,
    `Last hour   ${totals.completeHour} complete, ${totals.failedHour} failed` +
    `   Last day  ${totals.completeDay} complete, ${totals.failedDay} failed`,
    `Spent       ${inUsd(totals.usdDay)} today, ${inUsd(totals.usdMonth)} this month ` +
    "(UTC, with what is reserved)",
    `Database    ${totals.connections} of ${totals.maxConnections} connections, ` +
    `${megabytes(totals.databaseBytes)}   Workers  ${totals.workers} at work`,
    ...(localPort === undefined ? [] : [`Disk        ${await diskLine(localPort)}`]),
  ];
}

async function diskLine(localPort: number): Promise<string> {
  const { free, total } = await diskOf(localPort);
  return `${megabytes(free)} of ${megabytes(total)} are free`;
}

function inUsd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
