import postgres, { type JSONValue } from "postgres";
import type { TaskStatus } from "../contract/responses.ts";
import type { Database } from "../database.ts";
import { currentTrace } from "../current_trace.ts";
import type { GenerationCommand } from "../generation/command.ts";
import type { CheckedInput } from "../storage/checked_input.ts";
import { rejectDeletedUser } from "./reject_deleted_user.ts";
import { rejectSubmit, type SubmitRefusal } from "./reject_submit.ts";

export interface Submission {
  readonly id: string;
  readonly status: TaskStatus;
  /** The same request had been accepted before; nothing new was made. */
  readonly replayed: boolean;
  /** Fields in which the request differs from the one accepted before under its task_id. */
  readonly conflicts: readonly string[];
  /** Whether a worker should be woken for it. */
  readonly wake: boolean;
}

/** What a submit would have done. */
export interface DryRun {
  /** The task that the request was accepted as before; undefined if it would be a new one. */
  readonly replay: Submission | undefined;
  /** In how many seconds a new one would be started. */
  readonly expectedStartSeconds: number;
}

/** For whom a task is submitted, and what is known of its request. */
export interface Submitter {
  readonly userId: string;
  /** Name of the user's plan. */
  readonly plan: string;
  readonly apiKeyId: string;
  readonly requestId: string;
  /** The input files, as they were checked. */
  readonly inputs: readonly CheckedInput[];
}

/** Both are the same SQL function. */
export interface Submits {
  /**
   * Accepts a command: task row, asset rows and message in one transaction, or nothing. Throws an
   * ApiError if a limit, a quota (429) or a cap is exceeded or submits are paused (503), or the user's
   * plan forbids it (400).
   */
  submit(command: GenerationCommand, submitter: Submitter): Promise<Submission>;
  /** Decides about a command as `submit` does, with the same errors, and leaves nothing behind. */
  dryRun(command: GenerationCommand, submitter: Submitter): Promise<DryRun>;
}

type SubmitRow =
  & Submission
  & { readonly expectedStartSeconds: number | null }
  & (SubmitRefusal | { readonly exceededLimit: null });

export function createSubmits(sql: Database): Submits {
  async function submit(
    command: GenerationCommand,
    { userId, plan, apiKeyId, requestId, inputs }: Submitter,
    isDryRun: boolean,
  ): Promise<Submission & Pick<SubmitRow, "expectedStartSeconds">> {
    const inputBytes = inputs.reduce((sum, { bytes }) => sum + bytes, 0);
    const [row] = await sql<SubmitRow[]>`
      select
        id, status, replayed, conflicts, wake, expected_start_seconds as "expectedStartSeconds",
        exceeded_limit as "exceededLimit", used::float8, allowed::float8,
        resets_at as "resetsAt", retry_after_seconds as "retryAfterSeconds",
        plan_violation as "planViolation", pause_message as "pauseMessage"
      from private.submit_task(
        p_user_id => ${userId}::uuid,
        p_client_task_id => ${command.clientTaskId}::text,
        p_operation => ${command.operation}::text,
        p_provider => ${command.provider}::text,
        p_parameters => ${sql.json(command.parameters)}::jsonb,
        p_output => ${command.output}::text,
        p_result_count => ${command.resultCount}::integer,
        p_time_limit_seconds => ${command.timeLimitSeconds}::integer,
        p_request_id => ${requestId}::text,
        p_input_bytes => ${inputBytes}::bigint,
        p_api_key_id => ${apiKeyId}::uuid,
        p_max_call_seconds => ${command.maxCallSeconds}::integer,
        p_pool => ${command.pool}::text,
        p_least_run_seconds => ${command.leastRunSeconds}::integer,
        p_inputs => ${sql.json(inputs.map(kept))}::jsonb,
        p_plan => ${plan}::text,
        p_estimate_usd => ${command.estimateUsd}::numeric,
        p_list_price_usd => ${command.listPriceUsd ?? null}::numeric,
        p_model => ${command.model}::text,
        p_is_dry_run => ${isDryRun}::boolean,
        p_traceparent => ${currentTrace()?.traceparent ?? null}::text
      )
    `.catch(explain);
    if (!row) throw new Error("Cannot submit a task: the database answered no row");
    if (row.exceededLimit !== null) throw rejectSubmit(row, command);
    const { id, status, replayed, conflicts, wake, expectedStartSeconds } = row;
    return { id, status, replayed, conflicts, wake, expectedStartSeconds };
  }

  return {
    async submit(command, submitter) {
      const { expectedStartSeconds: _, ...submission } = await submit(command, submitter, false);
      return submission;
    },

    async dryRun(command, submitter) {
      const { expectedStartSeconds, ...submission } = await submit(command, submitter, true);
      return {
        // A new one has no id.
        replay: submission.replayed ? submission : undefined,
        expectedStartSeconds: expectedStartSeconds ?? 0,
      };
    },
  };
}

function kept({ bucket, path, bytes, etag, version, mended }: CheckedInput): JSONValue {
  const file = { bucket, path, bytes, etag: etag ?? null, version: version ?? null };
  return mended === undefined ? file : { ...file, mended };
}

function explain(cause: unknown): never {
  const isDeleted = cause instanceof postgres.PostgresError &&
    cause.constraint_name === "tasks_user_id_fkey";
  throw isDeleted ? rejectDeletedUser(cause) : cause;
}
