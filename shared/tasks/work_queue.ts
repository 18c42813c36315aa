import type { Database } from "../database.ts";
import { type Redact, redactShapes } from "../redact.ts";
import type { CallOutcome, Claim, Outcome } from "./task.ts";

/**
 * A dead worker must be detected within 15 seconds: the lease plus about one polling interval. Two
 * heartbeats fit in.
 */
export const LEASE_SECONDS = 13;
export const HEARTBEAT_SECONDS = 5;

/** The worker's interface to the task tables; each method is one SQL function. */
export interface WorkQueue {
  /** Claims what the lanes let through; overdue tasks are failed on the way. */
  claim(limit: number): Promise<Claim[]>;
  /** Keeps claims alive. Returns the ids of the tasks still held; the rest are lost. */
  extendLeases(claims: readonly Claim[]): Promise<ReadonlySet<string>>;
  /** Records that a billable request is sent next; false if the lease is stale: it must not be sent. */
  markCallSent(claim: Claim): Promise<boolean>;
  /** Applies an outcome; false if the lease is stale, and then nothing has changed. */
  settle(claim: Claim, outcome: Outcome): Promise<boolean>;
  /** Records that this worker has nothing more to do, so that others are woken in its place. */
  retire(): Promise<void>;
  /**
   * Restores lost messages, ends overdue tasks, removes messages that belong to no task. Does nothing
   * before `private.sweeps` says that it is due, whichever worker asks.
   */
  reconcile(): Promise<void>;
  /** Paths of stored result files that no task shows, at most `limit`; none before the next run is due. */
  findOrphanedFiles(bucket: string, limit: number): Promise<string[]>;
}

/**
 * @param workerId Unique for each worker process.
 * @param redact For error messages of providers, which may repeat the key of the request.
 */
export function createWorkQueue(
  sql: Database,
  workerId: string,
  redact: Redact = redactShapes,
): WorkQueue {
  return {
    async claim(limit) {
      return await sql<Claim[]>`
        select
          id as "taskId", lease, user_id as "userId", operation, provider, parameters,
          failed_attempts as "failedAttempts", input_bytes::float8 as "inputBytes", handle, accepted_at as "acceptedAt",
          deadline_at as deadline, request_id as "requestId"
        from private.claim_tasks(${limit}::integer, ${LEASE_SECONDS}::integer, ${workerId}::uuid)
      `;
    },

    async extendLeases(claims) {
      const rows = await sql<{ id: string }[]>`
        select extend_leases as id
        from private.extend_leases(
          ${claims.map(({ taskId }) => taskId)}::uuid[],
          ${claims.map(({ lease }) => lease)}::bigint[],
          ${LEASE_SECONDS}::integer,
          ${workerId}::uuid
        )
      `;
      return new Set(rows.map(({ id }) => id));
    },

    async markCallSent({ taskId, lease }) {
      const [row] = await sql<{ sent: boolean }[]>`
        select private.begin_call(${taskId}::uuid, ${lease}::bigint) as sent
      `;
      return row?.sent ?? false;
    },

    async settle(claim, outcome) {
      const [row] = await settlement(sql, claim, outcome, redact);
      return row?.settled ?? false;
    },

    async retire() {
      await sql`select private.retire_worker(${workerId}::uuid)`;
    },

    async reconcile() {
      await sql`select private.sweep_if_due()`;
    },

    async findOrphanedFiles(bucket, limit) {
      const rows = await sql<{ name: string }[]>`
        select name
        from private.orphaned_files_if_due(${bucket}::text, ${limit}::integer) as name
      `;
      return rows.map(({ name }) => name);
    },
  };
}

function settlement(
  sql: Database,
  { taskId, lease }: Claim,
  outcome: Outcome,
  redact: Redact,
): Promise<{ settled: boolean }[]> {
  const call = sql.json(ledgerEntry(outcome.call));
  switch (outcome.kind) {
    case "complete":
      return sql`
        select private.complete_task(
          ${taskId}::uuid, ${lease}::bigint, ${[...outcome.assetUrls]}::text[], ${call}::jsonb
        ) as settled
      `;
    case "snooze":
      return sql`
        select private.snooze_task(
          ${taskId}::uuid, ${lease}::bigint, ${clean(outcome.handle)}::text,
          ${Math.ceil(outcome.delaySeconds)}::integer, ${outcome.progress ?? null}::smallint,
          ${call}::jsonb
        ) as settled
      `;
    case "retry":
      return sql`
        select private.retry_task(
          ${taskId}::uuid, ${lease}::bigint, ${outcome.errorCode}::text, ${
        redact(clean(outcome.detail))
      }::text,
          ${Math.ceil(outcome.delaySeconds)}::integer, ${call}::jsonb
        ) as settled
      `;
    case "fail":
      return sql`
        select private.fail_task(
          ${taskId}::uuid, ${lease}::bigint, ${outcome.errorCode}::text, ${
        redact(clean(outcome.detail))
      }::text,
          ${call}::jsonb
        ) as settled
      `;
  }
}

/** Providers may say anything; text in Postgres has no NUL. */
function clean(text: string): string {
  return text.replaceAll("\0", "");
}

function ledgerEntry(call: CallOutcome): Record<string, string | number | null> {
  return {
    outcome: call.outcome ?? null,
    model: call.model ?? null,
    provider_request_id: call.providerRequestId ? clean(call.providerRequestId) : null,
    provider_task_id: call.providerTaskId ? clean(call.providerTaskId) : null,
    retry_after_seconds: call.retryAfterSeconds ? Math.ceil(call.retryAfterSeconds) : null,
    cost_usd: call.costUsd ?? null,
  };
}
