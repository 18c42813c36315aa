import type { Database } from "../database.ts";
import type { Log } from "../log.ts";
import { type Redact, redactShapes } from "../redact.ts";
import { settlementOf, storableWords, withoutDetails } from "./settlement.ts";
import type { Claim, Outcome, SettledState } from "./task.ts";

/**
 * A dead worker must be detected within 15 seconds: the lease plus about one polling interval. Two
 * heartbeats fit in.
 */
export const LEASE_SECONDS = 13;
export const HEARTBEAT_SECONDS = 5;

/** A heartbeat that is not answered by then is sent again, on another connection. */
export const HEARTBEAT_LIMIT_SECONDS = 3;

/** How many tasks a worker asks for. */
export interface ClaimLimits {
  /** That are to be started. */
  readonly starts: number;
  /** That the provider has accepted. */
  readonly polls: number;
}

/** What a worker can take on. */
export interface WorkerRoom {
  /** Tasks that it holds already. */
  readonly held: number;
  /** How long it will live at least. */
  readonly lifeSeconds: number;
  /** Input files that it has memory for, in bytes. */
  readonly freeBytes: number;
}

/** A row of `private.maintenance_jobs`. */
export type MaintenanceJob =
  | "reconcile"
  | "files to remove"
  | "orphaned files"
  | "reported files"
  | "unused inputs"
  | "model lists";

/** A file in Storage. */
export interface FileName {
  readonly bucket: string;
  readonly path: string;
}

/** A file of a result that was reported, and what is to be done with it. */
export interface ReportedFile {
  /** To be moved out of the bucket of results, removed from it, or removed for good. */
  readonly action: "hide" | "drop" | "remove";
  readonly name: string;
}

/** The worker's interface to the task tables; each method is one SQL function. */
export interface WorkQueue {
  /** Claims what the lanes let through and the worker has room for. */
  claim(limits: ClaimLimits, room: WorkerRoom): Promise<Claim[]>;
  /**
   * Ends tasks that are overdue, and notices those whose worker was lost. Returns how many were: they
   * can be claimed now.
   */
  recover(): Promise<number>;
  /**
   * Keeps claims alive. Returns the ids of the tasks still held; the rest are lost.
   *
   * @param mayClaim Whether this worker still looks for more; if not, another one is woken for it.
   */
  extendLeases(claims: readonly Claim[], mayClaim: boolean): Promise<ReadonlySet<string>>;
  /**
   * Records that a billable request is sent next; false if the lease is stale: it must not be sent.
   *
   * @param mark What it can be looked for by if its answer is lost.
   */
  markCallSent(claim: Claim, mark?: string): Promise<boolean>;
  /**
   * Applies an outcome to the task and returns the state that it reached; null if the lease is stale,
   * and then nothing has changed.
   */
  settle(claim: Claim, outcome: Outcome): Promise<SettledState | null>;
  /** Whether there is something to claim now, though perhaps not for this worker. */
  hasDueWork(): Promise<boolean>;
  /** Records that this worker has nothing more to do, so that others are woken in its place. */
  retire(): Promise<void>;
  /**
   * Restores lost messages, ends overdue tasks, removes messages that belong to no task. Does nothing
   * before `private.maintenance_jobs` says that it is due, whichever worker asks.
   */
  reconcile(): Promise<void>;
  /** Paths of stored result files that no task shows, at most `limit`; none before the next run is due. */
  findOrphanedFiles(bucket: string, limit: number): Promise<string[]>;
  /** Paths of inputs that nothing uses any more, at most `limit`; none before the next run is due. */
  findUnusedInputs(limit: number): Promise<string[]>;
  /**
   * Files of what was deleted, at most `limit`; none before the next run is due, and again those that
   * are still there.
   *
   * @param resultsBucket Where results are stored.
   */
  findFilesToRemove(resultsBucket: string, limit: number): Promise<FileName[]>;
  /** What is to be done with files of reported results; nothing before the next run is due. */
  findReportedFiles(bucket: string, limit: number): Promise<ReportedFile[]>;
  /** Records which reported results have left the bucket of results. */
  confirmHiddenFiles(bucket: string): Promise<void>;
  /** Records how a job failed: the operator is alerted, and nobody tries it again before its time. */
  failMaintenance(job: MaintenanceJob, error: unknown): Promise<void>;
}

/** The databases of a worker: the same one, with connections for each. */
export interface WorkerDatabases {
  readonly sql: Database;
  /** For heartbeats alone, which must not wait for other statements. */
  readonly heartbeats: Database;
}

/**
 * @param workerId Unique for each worker process.
 * @param redact For error messages of providers, which may repeat the key of the request.
 */
export function createWorkQueue(
  { sql, heartbeats }: WorkerDatabases,
  workerId: string,
  redact: Redact = redactShapes,
  log?: Log,
): WorkQueue {
  async function settle({ taskId, lease }: Claim, outcome: Outcome): Promise<SettledState | null> {
    const settlement = sql.json(settlementOf(outcome, redact));
    const [row] = await sql<{ state: SettledState | null }[]>`
      select private.settle_task(${taskId}::uuid, ${lease}::bigint, ${settlement}::jsonb) as state
    `;
    return row?.state ?? null;
  }

  return {
    async claim({ starts, polls }, { held, lifeSeconds, freeBytes }) {
      return await sql<Claim[]>`
        select
          -- Work of a deleted user is only polled, and nobody's then.
          id as "taskId", lease, coalesce(user_id::text, '') as "userId", operation, provider, parameters,
          failed_attempts as "failedAttempts", input_bytes::float8 as "inputBytes", inputs, handle,
          extract(epoch from clock_timestamp() - accepted_at)::float8 as "acceptedSecondsAgo",
          max_call_seconds as "maxCallSeconds", claimed_alone as "isAlone",
          winds_down as "isGivenUp", request_id as "requestId", traceparent,
          case when lost.mark is not null then
            json_build_object('mark', lost.mark, 'sentSecondsAgo', lost.sent_seconds_ago)
          end as "lostCall"
        from private.claim_tasks(
          ${starts}::integer, ${polls}::integer, ${LEASE_SECONDS}::integer, ${workerId}::uuid,
          ${held}::integer, ${Math.floor(lifeSeconds)}::integer, ${freeBytes}::bigint
        ) as task
        left join lateral private.lost_call(task) as lost on true
      `;
    },

    async recover() {
      const [row] = await sql<{ lost: number }[]>`select private.recover_tasks() as lost`;
      return row?.lost ?? 0;
    },

    async extendLeases(claims, mayClaim) {
      const rows = await heartbeats<{ id: string }[]>`
        select extend_leases as id
        from private.extend_leases(
          ${claims.map(({ taskId }) => taskId)}::uuid[],
          ${claims.map(({ lease }) => lease)}::bigint[],
          ${LEASE_SECONDS}::integer,
          ${workerId}::uuid,
          ${mayClaim}::boolean
        )
      `;
      return new Set(rows.map(({ id }) => id));
    },

    async markCallSent({ taskId, lease }, mark) {
      const [row] = await sql<{ sent: boolean }[]>`
        select private.mark_call_sent(
          ${taskId}::uuid, ${lease}::bigint, ${mark ?? null}::text
        ) as sent
      `;
      return row?.sent ?? false;
    },

    async settle(claim, outcome) {
      try {
        return await settle(claim, outcome);
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        // A result that is paid is worth more than what is told about it.
        const state = await settle(claim, withoutDetails(outcome));
        log?.with({ request_id: claim.requestId, task_id: claim.taskId }).error(
          "settlement_details_refused",
          error,
        );
        return state;
      }
    },

    async hasDueWork() {
      const [row] = await sql<{ due: boolean }[]>`select private.has_due_work() as due`;
      return row?.due ?? false;
    },
    async retire() {
      await sql`select private.retire_worker(${workerId}::uuid)`;
    },

    async reconcile() {
      await sql`select private.reconcile_if_due()`;
    },

    async findOrphanedFiles(bucket, limit) {
      const rows = await sql<{ name: string }[]>`
        select name
        from private.removable_files_if_due('orphaned files', ${bucket}::text, ${limit}::integer)
          as name
      `;
      return rows.map(({ name }) => name);
    },

    async findUnusedInputs(limit) {
      const rows = await sql<{ name: string }[]>`
        select name
        from private.removable_files_if_due('unused inputs', 'inputs', ${limit}::integer) as name
      `;
      return rows.map(({ name }) => name);
    },

    async findFilesToRemove(resultsBucket, limit) {
      return await sql<FileName[]>`
        select bucket, name as path
        from private.files_to_remove_if_due(${resultsBucket}::text, ${limit}::integer)
      `;
    },

    async findReportedFiles(bucket, limit) {
      return await sql<ReportedFile[]>`
        select action, name
        from private.reported_files_if_due(${bucket}::text, ${limit}::integer)
      `;
    },

    async confirmHiddenFiles(bucket) {
      await sql`select private.confirm_hidden_files(${bucket}::text)`;
    },

    async failMaintenance(job, error) {
      const words = storableWords(error instanceof Error ? error.message : String(error), redact);
      await sql`select private.fail_maintenance_job(${job}::text, ${words}::text)`;
    },
  };
}

/** Classes 22 (data exception) and 23 (integrity constraint violation) of SQLSTATE. */
const UNSTORABLE = /^2[23][0-9A-Z]{3}$/;

/** Whether the database refuses a value, and will refuse it for ever. */
function isUnstorable(error: unknown): boolean {
  return error instanceof Error && "code" in error && UNSTORABLE.test(String(error.code));
}
