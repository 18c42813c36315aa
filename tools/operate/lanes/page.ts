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
  readonly busyFor: number | null;
  readonly failures: number;
  readonly pausedUsers: number;
  readonly usersPausedFor: number | null;
  readonly failure: string | null;
  readonly words: string | null;
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

function stateOf({ pausedFor, busyFor, pausedUsers, usersPausedFor }: Lane): string {
  if (pausedFor === Infinity) return "starts nothing until it is resumed";
  if (pausedFor !== null && pausedFor > 0) {
    return `starts nothing for another ${seconds(pausedFor)}`;
  }
  if (pausedFor !== null) return "starts one task at a time, to try";
  if (busyFor !== null && busyFor > 0) return `asked too often: waits another ${seconds(busyFor)}`;
  if (pausedUsers === 0) return "open";
  const users = pausedUsers === 1 ? "one user" : `${pausedUsers} users`;
  return `open, but for ${users}: another ${seconds(usersPausedFor ?? 0)}`;
}

function troubleOf(lane: Lane | undefined, { width, wordsLines }: PageSize): string[] {
  if (!lane?.failure || (lane.failures === 0 && lane.pausedUsers === 0)) return [];
  const text = `${lane.failure}${lane.words ? `: ${lane.words.replaceAll(/\s+/g, " ")}` : ""}`;
  const lines = wrap(text, width - 6).map((line) => `    ${line.slice(0, width - 6)}`);
  const shown = lines.slice(0, wordsLines);
  return lines.length > wordsLines ? [...shown.slice(0, -1), `${shown.at(-1)} …`] : shown;
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
      failure.error_code as failure, failure.last_error as words
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
