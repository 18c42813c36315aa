import type { Database } from "../database.ts";

/** A lane as it is now, and why it rests. */
export interface LaneView {
  readonly lane: string;
  readonly ready: number;
  readonly polls: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Seconds; Infinity until somebody ends the pause, and null where there is none. */
  readonly pausedFor: number | null;
  /** Null also until somebody ends it. */
  readonly pausedUntil: Date | null;
  /** The same of a provider that says that it is asked too often. */
  readonly busyFor: number | null;
  readonly busyUntil: Date | null;
  /** Its pools of which it says so, and how long the longest of them waits. */
  readonly busyPools: readonly string[];
  readonly poolsBusyFor: number | null;
  /** Tasks that it has sent away so, and that wait for their next try. */
  readonly sentAway: number;
  readonly failures: number;
  readonly pausedUsers: number;
  readonly usersPausedFor: number | null;
  readonly failure: string | null;
  readonly failedAt: Date | null;
  readonly words: string | null;
  /** What the provider said when it was asked too often last. */
  readonly busyWords: string | null;
}

export type LaneState = "open" | "busy" | "half_open" | "paused";

/** Whether a lane starts tasks. Half-open: after a pause, one at a time until one succeeds. */
export function stateOfLane({ pausedFor, busyFor }: LaneView): LaneState {
  if (pausedFor !== null) return pausedFor > 0 ? "paused" : "half_open";
  return busyFor !== null && busyFor > 0 ? "busy" : "open";
}

/**
 * Each lane with what waits and is under way, by name. The words are those that the call's task has kept:
 * without secrets, for the operator.
 */
export async function readLanes(sql: Database): Promise<readonly LaneView[]> {
  return await sql<LaneView[]>`
    select
      lanes.provider as lane,
      coalesce(depths.ready, 0)::integer as ready, coalesce(depths.polls, 0)::integer as polls,
      (lanes.max_in_flight - private.free_slots(lanes))::integer as "inFlight",
      lanes.max_in_flight as "maxInFlight",
      extract(epoch from lanes.paused_until - now())::double precision as "pausedFor",
      nullif(lanes.paused_until, 'infinity') as "pausedUntil",
      extract(epoch from lanes.rate_limited_until - now())::double precision as "busyFor",
      lanes.rate_limited_until as "busyUntil",
      lanes.consecutive_failures as failures,
      users.paused::integer as "pausedUsers",
      extract(epoch from users.until - now())::double precision as "usersPausedFor",
      failure.error_code as failure, failure.started_at as "failedAt", failure.last_error as words,
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
      select calls.error_code, calls.started_at, tasks.last_error
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
