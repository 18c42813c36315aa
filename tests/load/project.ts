import type postgres from "postgres";
import { settlementOf } from "../../shared/tasks/settlement.ts";
import type { Outcome } from "../../shared/tasks/task.ts";
import type { Job } from "./load.ts";

/** Longer than any run: workers of these scenes are never lost. */
const LEASE_SECONDS = 3600;

export interface Lane {
  readonly name: string;
  readonly inFlight: number;
  readonly resultsPerMinute?: number;
  readonly pollsPerSecond?: number;
  readonly pools?: Readonly<Record<string, number>>;
}

export async function addLane(sql: postgres.Sql, lane: Lane): Promise<void> {
  await sql`
    select private.add_lane(
      ${lane.name}, ${lane.inFlight}::integer, ${lane.resultsPerMinute ?? null}::integer,
      ${lane.pollsPerSecond ?? null}::integer, 0::smallint,
      ${lane.pools ? sql.json(lane.pools) : null}::jsonb
    )
  `;
}

/** The id of a user, whom it creates. */
export async function addUser(sql: postgres.Sql): Promise<string> {
  const id = crypto.randomUUID();
  await sql`insert into auth.users (id) values (${id})`;
  return id;
}

export interface Submission {
  readonly id: string | null;
  readonly exceeded_limit: string | null;
  readonly retry_after_seconds: number | null;
}

export async function submit(
  sql: postgres.Sql,
  userId: string,
  job: Job,
): Promise<Submission> {
  const [row] = await sql<Submission[]>`
    select id, exceeded_limit, retry_after_seconds
    from private.submit_task(
      ${userId}::uuid, ${crypto.randomUUID()}, 'text-to-image', ${job.lane}, '{"prompt": "cat"}',
      'image', ${job.results}::integer, ${job.timeLimit}::integer, 'request',
      p_is_limited => ${job.isLimited ?? true}, p_pool => ${job.pool},
      p_least_run_seconds => ${job.leastRun ?? 1}::integer
    )
  `;
  if (!row) throw new Error("No row of submit_task");
  return row;
}

export interface Given {
  readonly id: string;
  readonly lane: string;
  readonly lease: number;
  readonly handle: string | null;
}

export async function recover(sql: postgres.Sql): Promise<void> {
  await sql`select private.recover_tasks()`;
}

export async function claim(
  sql: postgres.Sql,
  starts: number,
  polls: number,
  held: number,
): Promise<Given[]> {
  return await sql<Given[]>`
    select id, provider as lane, lease::integer, handle
    from private.claim_tasks(
      ${starts}::integer, ${polls}::integer, ${LEASE_SECONDS}::integer, p_held => ${held}::integer
    )
  `;
}

export async function markSent(sql: postgres.Sql, { id, lease }: Given): Promise<boolean> {
  const [row] = await sql<{ sent: boolean }[]>`
    select private.mark_call_sent(${id}::uuid, ${lease}::bigint) as sent
  `;
  return row?.sent ?? false;
}

export async function settle(
  sql: postgres.Sql,
  { id, lease }: Given,
  outcome: Outcome,
): Promise<string | null> {
  const settlement = settlementOf(outcome, (text) => text);
  const [row] = await sql<{ state: string | null }[]>`
    select private.settle_task(${id}::uuid, ${lease}::bigint, ${sql.json(settlement)}) as state
  `;
  return row?.state ?? null;
}

export async function cancel(sql: postgres.Sql, userId: string, id: string): Promise<void> {
  await sql`select private.cancel_task(${userId}::uuid, ${id}::uuid)`;
}

/** How each task ended, by its id. */
export async function readEnds(
  sql: postgres.Sql,
): Promise<Map<string, { readonly status: string; readonly code: string | null }>> {
  const rows = await sql<{ id: string; status: string; code: string | null }[]>`
    select id, status, error_code as code from public.tasks
  `;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whether something is under way, or waits. */
export async function isBusy(sql: postgres.Sql): Promise<boolean> {
  const rows = await sql`select from public.tasks where finished_at is null or winds_down limit 1`;
  return rows.length > 0;
}

/** Submits and claims many tasks in few statements, with their calls sent. */
export async function startMany(
  sql: postgres.Sql,
  userId: string,
  job: Job,
  count: number,
): Promise<Given[]> {
  await sql`
    select (private.submit_task(
      ${userId}::uuid, i::text, 'text-to-image', ${job.lane}, '{"prompt": "cat"}', 'image',
      ${job.results}::integer, ${job.timeLimit}::integer, 'request',
      p_is_limited => false, p_pool => ${job.pool}
    )).id
    from generate_series(1, ${count}::integer) as i
  `;
  const given = await claim(sql, count, 0, 0);
  await sql`
    select private.mark_call_sent(id, lease)
    from unnest(
      ${given.map(({ id }) => id)}::uuid[], ${given.map(({ lease }) => lease)}::bigint[]
    ) as given (id, lease)
  `;
  return given;
}

export async function acceptMany(
  sql: postgres.Sql,
  given: readonly Given[],
  handles: readonly string[],
  pollSeconds: number,
): Promise<void> {
  await sql`
    select private.settle_task(id, lease, jsonb_build_object(
      'kind', 'snooze', 'handle', handle, 'delay_seconds', ${pollSeconds}::integer, 'call', '{}'::jsonb
    ))
    from unnest(
      ${given.map(({ id }) => id)}::uuid[], ${given.map(({ lease }) => lease)}::bigint[],
      ${[...handles]}::text[]
    ) as given (id, lease, handle)
  `;
}
