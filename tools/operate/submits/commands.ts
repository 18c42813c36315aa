import type postgres from "postgres";
import { taskCommand } from "../../command_line.ts";
import type { Pause } from "./pause_options.ts";

/** Lets no new request in; what was accepted goes on. Returns what apps are told. */
export async function pauseSubmits(
  sql: postgres.Sql,
  { message, retryAfterSeconds }: Pause,
): Promise<string> {
  await sql`
    update private.submit_pause
    set
      paused_since = coalesce(paused_since, now()),
      message = ${message ?? sql`default`},
      retry_after_seconds = ${retryAfterSeconds ?? sql`default`}
    where only_row
  `;
  return (await pauseStatus(sql)).text;
}

/** Lets new requests in again. */
export async function resumeSubmits(sql: postgres.Sql): Promise<string> {
  const { isPaused } = await pauseStatus(sql);
  await sql`update private.submit_pause set paused_since = null where only_row`;
  return isPaused ? "Submits are accepted again" : "Submits were not paused";
}

/** Whether new requests are let in, in words, too. */
export async function pauseStatus(
  sql: postgres.Sql,
): Promise<{ readonly isPaused: boolean; readonly text: string }> {
  const [row] = await sql<{ since: Date | null; message: string; seconds: number }[]>`
    select paused_since as since, message, retry_after_seconds as seconds
    from private.submit_pause
  `;
  if (!row?.since) return { isPaused: false, text: "Submits are accepted" };
  return {
    isPaused: true,
    text: `Submits are paused since ${row.since.toISOString()}: apps get a 503 with ` +
      `${JSON.stringify(row.message)}, to try again after ${row.seconds} s. What was accepted ` +
      `goes on.\nLet them in: ${taskCommand("submits")} resume`,
  };
}
