import postgres from "postgres";
import { jobInterval } from "./job_interval.ts";

/** How often the quick schedule looks. */
const QUICK_SECONDS = 0.5;
const TIMEOUT_MILLISECONDS = 3_000;

/**
 * `hosted` does what `private.scheduled_jobs()` lists, as often as that says. `quick` looks twice a
 * second whether to wake the worker as well, so that nobody at their own machine has to wait for it.
 */
export type ScheduleName = "hosted" | "quick";

export interface ScheduleOptions {
  readonly name: ScheduleName;
  /** Of the role to which the jobs belong on the platform. */
  readonly databaseUrl: string;
  readonly workerUrl: string;
  readonly workerSecret: string;
}

/** Does what pg_cron does on the platform. Returns how to stop. */
export async function startSchedule(options: ScheduleOptions): Promise<() => Promise<void>> {
  const { name, databaseUrl, workerUrl, workerSecret } = options;
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  /** As `private.wake_worker()`, which has no pg_net here. */
  const wake = async (): Promise<void> => {
    const [row] = await sql<{ obstacle: string | null }[]>`
      select private.wake_up_obstacle() as obstacle
    `;
    if (row?.obstacle === null) await wakeWorker(workerUrl, workerSecret);
  };
  const jobs = await sql<{ name: string; schedule: string; command: string }[]>`
    select name, schedule, command from private.scheduled_jobs()
  `;
  const timers = jobs.map((job) =>
    every(
      jobInterval(job.schedule),
      job.name === "makeit3d-wake" ? wake : async () => void await sql.unsafe(job.command),
    )
  );
  if (name === "quick") timers.push(every(QUICK_SECONDS, wake));
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await sql.end({ timeout: 1 });
  };
}

/** Asks a function to work. Throws if it cannot be reached. */
export async function wakeWorker(workerUrl: string, secret: string): Promise<void> {
  const response = await fetch(workerUrl, {
    method: "POST",
    headers: { apikey: secret },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
  await response.body?.cancel();
}

/** Does it in intervals, and leaves out what comes while it is being done. */
function every(seconds: number, work: () => Promise<void>): ReturnType<typeof setInterval> {
  let isBusy = false;
  return setInterval(async () => {
    if (isBusy) return;
    isBusy = true;
    // The database or the worker is being started again: the next time will do.
    await work().catch(() => {});
    isBusy = false;
  }, seconds * 1000);
}
