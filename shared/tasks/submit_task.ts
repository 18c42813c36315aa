import postgres from "postgres";
import { ApiError } from "../contract/errors.ts";
import type { TaskStatus } from "../contract/responses.ts";
import type { Database } from "../database.ts";
import type { GenerationCommand } from "../generation/command.ts";
import { type LimitReached, refuseByLimit } from "./refuse_by_limit.ts";

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

/** For whom a task is submitted, and what is known of its request. */
export interface Submitter {
  readonly userId: string;
  readonly apiKeyId: string;
  readonly requestId: string;
  /** Length of the input files together. */
  readonly inputBytes: number;
}

export type SubmitTask = (
  command: GenerationCommand,
  submitter: Submitter,
) => Promise<Submission>;

/** Finds the task that a command was accepted as before; undefined if there is none. */
export type FindReplay = (
  command: GenerationCommand,
  userId: string,
) => Promise<Submission | undefined>;

export function createFindReplay(sql: Database): FindReplay {
  return async ({ clientTaskId, operation, provider, parameters }, userId) => {
    const [submission] = await sql<Submission[]>`
      select id, status, true as replayed, conflicts, false as wake
      from private.find_live_task(
        p_user_id => ${userId}::uuid,
        p_client_task_id => ${clientTaskId}::text,
        p_operation => ${operation}::text,
        p_provider => ${provider}::text,
        p_parameters => ${sql.json(parameters)}::jsonb
      )
      where id is not null
    `;
    return submission;
  };
}

/**
 * Accepts a command: task row, asset rows and message in one transaction, or nothing. Throws an ApiError
 * (429) if a limit stands against it.
 */
export function createSubmitTask(sql: Database): SubmitTask {
  return async (command, { userId, apiKeyId, requestId, inputBytes }) => {
    const [answer] = await sql<(Submission & Refusal)[]>`
      select
        id, status, replayed, conflicts, wake,
        refused_by as "refusedBy", allowed, retry_after_seconds as "retryAfterSeconds"
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
        p_api_key_id => ${apiKeyId}::uuid
      )
    `.catch(refuseDeletedUser);
    if (!answer) {
      throw new Error("Cannot submit a task: the database answered no row");
    }
    if (answer.refusedBy !== null) throw refuseByLimit(answer);
    const { id, status, replayed, conflicts, wake } = answer;
    return { id, status, replayed, conflicts, wake };
  };
}

type Refusal = LimitReached | { readonly refusedBy: null };

/** A token outlives the account it was made for. */
function refuseDeletedUser(cause: unknown): never {
  const isDeleted = cause instanceof postgres.PostgresError &&
    cause.constraint_name === "tasks_user_id_fkey";
  throw isDeleted ? new ApiError("unauthorized", "Missing or invalid token", { cause }) : cause;
}
