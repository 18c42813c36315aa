import type postgres from "postgres";
import { sameStackCommand } from "../command_line.ts";
import { messageOf } from "./task_message.ts";

interface Row {
  readonly provider: string;
  readonly isPending: boolean;
  readonly isUnderWay: boolean;
  readonly pausesUser: boolean;
  readonly pausesLane: boolean;
  readonly pausedUntil: Date | null;
  /** Why it is paused: the words of the provider, or else the error code of the call. */
  readonly failure: string | null;
  readonly busyUntil: Date | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly words: string | null;
  readonly deadline: Date;
}

/** Why a task is not worked on, in words, and what ends it where somebody can; undefined if it is. */
export async function whyItWaits(sql: postgres.Sql, id: string): Promise<string | undefined> {
  const row = await read(sql, id);
  if (!row || row.isUnderWay) return undefined;
  if (row.pausesLane || row.pausesUser) return pauseOf(row);
  const due = (await messageOf(sql, id)).due;
  const until = later(row.busyUntil, due);
  const isOwn = row.lastError === "provider_rate_limited";
  if (isOwn || until !== undefined && until === row.busyUntil) return busyness(row, until, isOwn);
  if (row.attempts > 0) {
    return `waits for attempt ${row.attempts + 1}${until ? `, at ${timeOf(until)}` : ""}: ` +
      `${row.words}`;
  }
  return row.isPending
    ? `waits for a worker, or for room: ${sameStackCommand("lanes")} list`
    : undefined;
}

function pauseOf({ provider, pausesLane, pausedUntil, failure }: Row): string {
  const whom = pausesLane ? provider : `${provider}, for this user,`;
  const end = pausedUntil && Number.isFinite(pausedUntil.getTime())
    ? `until ${timeOf(pausedUntil)}`
    : "until somebody resumes it";
  return `waits: ${whom} is paused ${end}${inBrackets(failure)}. ` +
    `End it: ${sameStackCommand("lanes")} resume ${provider}`;
}

/** That a provider is busy is no failure: a task waits for it until its deadline. */
function busyness(
  { provider, words, deadline }: Row,
  until: Date | undefined,
  isOwn: boolean,
): string {
  const next = until ? timeOf(until) : "at once";
  return `waits: ${provider} says that it is asked too often${inBrackets(isOwn ? words : null)}. ` +
    `Next try: ${next}; if that stays so, it is given up at ${timeOf(deadline)}`;
}

async function read(sql: postgres.Sql, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row[]>`
    select
      tasks.provider, tasks.status = 'pending' as "isPending",
      tasks.handle is not null or coalesce(tasks.lease_expires_at > now(), false) as "isUnderWay",
      coalesce(users.paused_until > now(), false) as "pausesUser",
      coalesce(lanes.paused_until > now(), false) as "pausesLane",
      greatest(lanes.paused_until, users.paused_until) as "pausedUntil",
      (
        select coalesce(failed.last_error, calls.error_code)
        from private.provider_calls as calls
        left join public.tasks as failed on failed.id = calls.task_id
        where calls.provider = lanes.provider and calls.error_code is not null
        order by calls.started_at desc
        limit 1
      ) as failure,
      greatest(lanes.rate_limited_until, pools.rate_limited_until) as "busyUntil",
      tasks.failed_attempts as attempts,
      (
        select error_code from private.provider_calls
        where task_id = tasks.id
        order by attempt desc
        limit 1
      ) as "lastError",
      tasks.last_error as words, tasks.deadline_at as deadline
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    join private.pools on pools.provider = tasks.provider and pools.name = tasks.pool
    left join private.failing_users as users
      on users.provider = tasks.provider and users.user_id = tasks.user_id
    where tasks.id = ${id}::uuid and tasks.finished_at is null
  `;
  return row;
}

/** The later of the times that are still to come. */
function later(...times: readonly (Date | null)[]): Date | undefined {
  return times
    .filter((time) => time !== null)
    .filter((time) => time.getTime() > Date.now())
    .toSorted((a, b) => b.getTime() - a.getTime())[0];
}

function timeOf(time: Date): string {
  return `${time.toISOString().slice(11, 19)}Z`;
}

function inBrackets(text: string | null): string {
  return text === null ? "" : ` (${text})`;
}
