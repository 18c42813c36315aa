import type postgres from "postgres";
import { LEASE_SECONDS } from "./vocabulary.ts";

export interface Request {
  readonly userId: string;
  readonly clientTaskId: string;
  readonly operation: string;
  readonly provider: string;
  readonly pool: string;
  readonly parameters: Readonly<Record<string, postgres.JSONValue>>;
  readonly results: number;
  readonly seconds: number;
  /** What it needs: nothing if left out. */
  readonly leastRun?: number;
  readonly maxCall?: number;
  readonly inputBytes?: number;
  /** An operator's request is accepted whatever limit stands against it. */
  readonly isLimited?: boolean;
  readonly output?: "image" | "model";
  /** What one call of it may cost: nothing if left out. */
  readonly estimateUsd?: number;
  readonly apiKeyId?: string | null;
  readonly isDryRun?: boolean;
}

export interface Submission {
  /** Null if it was refused. */
  readonly id: string | null;
  readonly status: string | null;
  readonly replayed: boolean;
  readonly conflicts: readonly string[];
  readonly exceeded: string | null;
  readonly retryAfter: number | null;
}

export async function submit(sql: postgres.Sql, request: Request): Promise<Submission> {
  const { leastRun = 0, maxCall = 0, inputBytes = 0, isLimited = true } = request;
  const { output = "image", estimateUsd = 0, apiKeyId = null, isDryRun = false } = request;
  const [submission] = await sql<Submission[]>`
    select id, status, replayed, conflicts, exceeded_limit as exceeded,
      retry_after_seconds as "retryAfter"
    from private.submit_task(
      ${request.userId}::uuid, ${request.clientTaskId}::text, ${request.operation}::text,
      ${request.provider}::text, ${sql.json(request.parameters)}::jsonb, ${output}::text,
      ${request.results}::integer, ${request.seconds}::integer, 'request',
      p_input_bytes => ${inputBytes}::bigint, p_is_limited => ${isLimited}::boolean,
      p_max_call_seconds => ${maxCall}::integer, p_pool => ${request.pool}::text,
      p_least_run_seconds => ${leastRun}::integer, p_estimate_usd => ${estimateUsd}::numeric,
      p_api_key_id => ${apiKeyId}::uuid, p_is_dry_run => ${isDryRun}::boolean
    )
  `;
  if (!submission) throw new Error("No row of submit_task");
  return submission;
}

/** A task as a worker is given it. */
export interface Given {
  readonly id: string;
  readonly lane: string;
  readonly lease: number;
  readonly handle: string | null;
  /** Length of its input files. */
  readonly bytes: number;
}

/** What a worker can take on; all that is left out is no limit. */
export interface Room {
  readonly workerId?: string | null;
  readonly held?: number;
  readonly lifeSeconds?: number | null;
  readonly freeBytes?: number | null;
}

export async function claim(
  sql: postgres.Sql,
  limit: number,
  { workerId = null, held = 0, lifeSeconds = null, freeBytes = null }: Room = {},
): Promise<Given[]> {
  return await sql<Given[]>`
    select id, provider as lane, lease::integer, handle, input_bytes::integer as bytes
    from private.claim_tasks(
      ${limit}::integer, ${limit}::integer, ${LEASE_SECONDS}::integer, ${workerId}::uuid,
      ${held}::integer, ${lifeSeconds}::integer, ${freeBytes}::bigint
    )
  `;
}

/** The heartbeat of a worker. */
export async function extend(
  sql: postgres.Sql,
  held: readonly { readonly id: string; readonly lease: number }[],
  workerId: string,
): Promise<void> {
  await sql`
    select private.extend_leases(
      ${held.map(({ id }) => id)}::uuid[], ${held.map(({ lease }) => lease)}::bigint[],
      ${LEASE_SECONDS}::integer, ${workerId}::uuid
    )
  `;
}

export interface Cancellation {
  readonly status: string;
  readonly billed: string;
  readonly canceled: boolean;
}

export async function cancel(
  sql: postgres.Sql,
  userId: string,
  id: string,
): Promise<Cancellation | undefined> {
  const [cancellation] = await sql<Cancellation[]>`
    select status, billed, canceled from private.cancel_task(${userId}::uuid, ${id}::uuid)
  `;
  return cancellation;
}

/** Whether it is billed; undefined if the user has no such task. */
export async function purge(
  sql: postgres.Sql,
  userId: string,
  id: string,
): Promise<string | undefined> {
  const [row] = await sql<{ billed: string }[]>`
    select billed from private.purge_task(${userId}::uuid, ${id}::uuid)
  `;
  return row?.billed;
}

/** Returns how many tasks were canceled. */
export async function block(
  sql: postgres.Sql,
  userId: string,
  seconds: number | null,
): Promise<number | undefined> {
  const [row] = await sql<{ canceled: number }[]>`
    select private.block_user(
      ${userId}::uuid, 'a reason', now() + make_interval(secs => ${seconds}::integer)
    ) as canceled
  `;
  return row?.canceled;
}

/** Whether the user was blocked. */
export async function unblock(sql: postgres.Sql, userId: string): Promise<boolean | undefined> {
  const [row] = await sql<{ was: boolean }[]>`select private.unblock_user(${userId}::uuid) as was`;
  return row?.was;
}

export async function sweep(sql: postgres.Sql): Promise<void> {
  await sql`select private.reconcile()`;
}

/** What was left to be counted is: as workers do it once a second. */
export async function countChanges(sql: postgres.Sql): Promise<void> {
  await sql`select private.count_changes()`;
}

/** What workers do once a second: what is overdue ends, and lost tasks are noticed. */
export async function recover(sql: postgres.Sql): Promise<void> {
  await sql`select private.recover_tasks()`;
}
