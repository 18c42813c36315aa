import type postgres from "postgres";
import { operate } from "../../../shared/operator/operate.ts";
import { readSubmitPause } from "../../../shared/operator/read_submit_pause.ts";
import { taskCommand } from "../../command_line.ts";
import type { Pause } from "./pause_options.ts";

/** Lets no new request in; what was accepted goes on. Returns what apps are told. */
export async function pauseSubmits(
  sql: postgres.Sql,
  { message, retryAfterSeconds }: Pause,
): Promise<string> {
  await operate(sql, null, {
    action: "pause_submits",
    ...(message !== null && { message }),
    ...(retryAfterSeconds !== null && { retry_after_seconds: retryAfterSeconds }),
  });
  return (await pauseStatus(sql)).text;
}

/** Lets new requests in again. */
export async function resumeSubmits(sql: postgres.Sql): Promise<string> {
  const { result } = await operate(sql, null, { action: "resume_submits" });
  return result["was_paused"] ? "Submits are accepted again" : "Submits were not paused";
}

/** Whether new requests are let in, in words, too. */
export async function pauseStatus(
  sql: postgres.Sql,
): Promise<{ readonly isPaused: boolean; readonly text: string }> {
  const { since, message, retryAfterSeconds } = await readSubmitPause(sql);
  if (!since) return { isPaused: false, text: "Submits are accepted" };
  return {
    isPaused: true,
    text: `Submits are paused since ${since.toISOString()}: apps get a 503 with ` +
      `${JSON.stringify(message)}, to try again after ${retryAfterSeconds} s. What was accepted ` +
      `goes on.\nLet them in: ${taskCommand("submits")} resume`,
  };
}
