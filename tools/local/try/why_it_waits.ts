import type postgres from "postgres";
import { sameStackCommand } from "../../command_line.ts";

export interface Waiting {
  /** The task's id. */
  readonly id: string;
  readonly userId: string;
  readonly provider: string;
}

interface Row {
  readonly pausesUser: boolean;
  readonly pausesLane: boolean;
  readonly until: Date | null;
  readonly attempts: number;
  readonly words: string | null;
  readonly failure: string | null;
}

/** Why a task is not begun, in words, and what ends it where somebody can. */
export async function whyItWaits(
  sql: postgres.Sql,
  { id, userId, provider }: Waiting,
): Promise<string> {
  const [row] = await sql<Row[]>`
    select
      coalesce(users.paused_until > now(), false) as "pausesUser",
      coalesce(lanes.paused_until > now(), false) as "pausesLane",
      greatest(lanes.paused_until, users.paused_until) as until,
      tasks.failed_attempts as attempts, tasks.last_error as words,
      (
        select coalesce(failed.last_error, calls.error_code)
        from private.provider_calls as calls
        left join public.tasks as failed on failed.id = calls.task_id
        where calls.provider = lanes.provider and calls.error_code is not null
        order by calls.started_at desc
        limit 1
      ) as failure
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    left join private.failing_users as users
      on users.provider = lanes.provider and users.user_id = ${userId}::uuid
    where tasks.id = ${id}::uuid
  `;
  if (row?.pausesLane || row?.pausesUser) {
    const whom = row.pausesLane ? provider : `${provider}, for this user,`;
    const end = row.until && Number.isFinite(row.until.getTime())
      ? `until ${row.until.toISOString().slice(11, 19)}Z`
      : "until somebody resumes it";
    return `waits: ${whom} is paused ${end}${row.failure ? ` (${row.failure})` : ""}. ` +
      `End it: ${sameStackCommand("lanes")} resume ${provider}`;
  }
  if (row && row.attempts > 0) return `waits for attempt ${row.attempts + 1}: ${row.words}`;
  return `waits for a worker, or for room: ${sameStackCommand("lanes")} list`;
}
