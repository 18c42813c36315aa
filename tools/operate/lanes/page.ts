import type postgres from "postgres";
import { wrap } from "../../commands/wrap.ts";
import { fittedTable } from "../../text_table.ts";

interface Lane {
  readonly lane: string;
  readonly ready: string;
  readonly polls: string;
  readonly underWay: string;
  /** Seconds; Infinity until somebody ends the pause, and null where there is none. */
  readonly pausedFor: number | null;
  /** The same of a provider that says that it is asked too often. */
  readonly busyFor: number | null;
  /** Its pools of which it says so, and how long the longest of them waits. */
  readonly busyPools: readonly string[];
  readonly poolsBusyFor: number | null;
  /** Tasks that it has sent away so, and that wait for their next try. */
  readonly sentAway: number;
  readonly failures: number;
  readonly pausedUsers: number;
  readonly usersPausedFor: number | null;
  readonly failure: string | null;
  readonly words: string | null;
  /** What the provider said when it was asked too often last. */
  readonly busyWords: string | null;
}

export interface PageSize {
  readonly width: number;
  /** At most so many lines of what a provider has said. */
  readonly wordsLines: number;
}

/** Each lane with what waits and is under way, and why it rests, in the words of its provider. */
export async function lanesPage(
  sql: postgres.Sql,
  size: PageSize,
): Promise<string> {
  const lanes = await readLanes(sql);
  const rows = lanes.map((lane) => ({
    lane: lane.lane,
    waits: lane.ready,
    polled: lane.polls,
    under_way: lane.underWay,
    state: stateOf(lane),
  }));
  const [heading = "", ...lines] = fittedTable(rows, size.width).split("\n");
  if (lines.length !== lanes.length) return [heading, ...lines].join("\n");
  return [heading, ...lines.flatMap((line, index) => [line, ...troubleOf(lanes[index], size)])]
    .join("\n");
}

function stateOf(lane: Lane): string {
  const { pausedFor, pausedUsers, usersPausedFor } = lane;
  if (pausedFor === Infinity) return "starts nothing until it is resumed";
  if (pausedFor !== null && pausedFor > 0) {
    return `starts nothing for another ${seconds(pausedFor)}`;
  }
  if (pausedFor !== null) return "starts one task at a time, to try";
  if (lane.busyFor !== null && lane.busyFor > 0) {
    return `asked too often: waits another ${seconds(lane.busyFor)}`;
  }
  const exceptions = [
    ...(pausedUsers > 0 ? [countOf(pausedUsers, "user")] : []),
    ...(lane.busyPools.length > 0 ? [countOf(lane.busyPools.length, "pool")] : []),
  ];
  if (exceptions.length > 0) {
    const rest = Math.max(usersPausedFor ?? 0, lane.poolsBusyFor ?? 0);
    return `open, but for ${exceptions.join(", ")}: another ${seconds(rest)}`;
  }
  return lane.sentAway > 0 ? `open; ${countOf(lane.sentAway, "task")} sent away` : "open";
}

function countOf(count: number, what: string): string {
  return count === 1 ? `one ${what}` : `${count} ${what}s`;
}

/** Why a lane rests, in the words of its provider. */
function troubleOf(lane: Lane | undefined, { width, wordsLines }: PageSize): string[] {
  if (!lane) return [];
  const hasFailed = lane.failure !== null && (lane.failures > 0 || lane.pausedUsers > 0);
  const isBusy = lane.sentAway > 0 || lane.busyPools.length > 0 || (lane.busyFor ?? 0) > 0;
  const causes = [
    ...(hasFailed ? [[lane.failure, lane.words]] : []),
    ...(isBusy ? [[["provider_rate_limited", ...lane.busyPools].join(", "), lane.busyWords]] : []),
  ];
  return causes.flatMap(([code, words]) => {
    const text = `${code}${words ? `: ${words.replaceAll(/\s+/g, " ")}` : ""}`;
    const lines = wrap(text, width - 6).map((line) => `    ${line.slice(0, width - 6)}`);
    const shown = lines.slice(0, wordsLines);
    return lines.length > wordsLines ? [...shown.slice(0, -1), `${shown.at(-1)} …`] : shown;
  });
}

function seconds(count: number): string {
  return `${Math.ceil(count)} s`;
}

/** The words are those that the call's task has kept: without secrets, for the operator. */
async function readLanes(sql: postgres.Sql): Promise<readonly Lane[]> {
  return await sql<Lane[]>`
    select
      lanes.provider as lane,
      coalesce(depths.ready, 0) as ready, coalesce(depths.polls, 0) as polls,
      (lanes.max_in_flight - private.free_slots(lanes)) || ' of ' || lanes.max_in_flight
        as "underWay",
      extract(epoch from lanes.paused_until - now())::double precision as "pausedFor",
      extract(epoch from lanes.rate_limited_until - now())::double precision as "busyFor",
      lanes.consecutive_failures as failures,
      users.paused::integer as "pausedUsers",
      extract(epoch from users.until - now())::double precision as "usersPausedFor",
      failure.error_code as failure, failure.last_error as words,
      pools.names as "busyPools",
      extract(epoch from pools.until - now())::double precision as "poolsBusyFor",
      sent_away.tasks as "sentAway", sent_away.words as "busyWords"
    from private.lanes
    left join (
      select
        lane, max(messages) filter (where queue = 'ready') as ready,
        max(messages) filter (where queue = 'polls') as polls
      from monitoring.queues
      group by lane
    ) as depths on depths.lane = lanes.provider
    cross join lateral (
      select count(*) as paused, max(paused_until) as until
      from private.failing_users
      where provider = lanes.provider and paused_until > now()
    ) as users
    cross join lateral (
      select
        coalesce(array_agg(name order by name), '{}') as names, max(rate_limited_until) as until
      from private.pools
      where provider = lanes.provider and rate_limited_until > now()
    ) as pools
    cross join lateral (
      select
        count(distinct tasks.id) filter (
          where tasks.finished_at is null and tasks.handle is null
            and tasks.lease_expires_at is null
        )::integer as tasks,
        (array_agg(tasks.last_error order by calls.started_at desc))[1] as words
      from private.provider_calls as calls
      join public.tasks on tasks.id = calls.task_id
      where calls.provider = lanes.provider
        -- No task waits longer for a provider that is busy.
        and calls.started_at > now() - interval '30 minutes'
        and calls.error_code = 'provider_rate_limited'
    ) as sent_away
    left join lateral (
      select calls.error_code, tasks.last_error
      from private.provider_calls as calls
      left join public.tasks on tasks.id = calls.task_id
      where calls.provider = lanes.provider
        and calls.started_at > now() - interval '1 day'
        and calls.error_code is not null
        and private.is_provider_failure(calls.error_code)
      order by calls.started_at desc
      limit 1
    ) as failure on true
    order by lanes.provider
  `;
}
