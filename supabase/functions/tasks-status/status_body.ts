import type { Outlook } from "../../../shared/contract/outlook.ts";
import type { StatusBody } from "../../../shared/contract/responses.ts";
import { isRetryable, shownErrorCodeOf } from "../../../shared/contract/task_errors.ts";
import { resultFields } from "../../../shared/tasks/result_fields.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";

/**
 * What an app is told of a task: the same in a status and in a list. Absent values are left out.
 *
 * @param shown What stands for each of its stored addresses, as the caller may use them.
 * @param outlook What is said of the time to come.
 */
export function statusBodyOf(
  task: TaskView,
  shown: readonly string[],
  outlook: Outlook,
): StatusBody {
  const { startedAt, finishedAt, missingResults, reportedAt, costUsd } = task;
  return {
    task_id: task.id,
    status: task.status,
    version: task.version,
    ...progressOf(task),
    ...outlook,
    ...resultFields(task, shown),
    ...(reportedAt !== null && { reported: true }),
    ...(missingResults !== null && { missing_results: missingResults }),
    ...(finishedAt && costUsd !== null && { cost_usd: costUsd }),
    ...errorOf(task),
    operation: task.operation,
    provider: task.provider,
    client_task_id: task.clientTaskId,
    created_at: task.createdAt.toISOString(),
    ...(startedAt && { started_at: startedAt.toISOString() }),
    ...(finishedAt && { finished_at: finishedAt.toISOString() }),
  };
}

/** What the provider tells, and all of it at the end, which a provider may not tell. */
function progressOf({ status, progress }: TaskView): Pick<StatusBody, "progress"> {
  if (status === "complete") return { progress: 100 };
  return status === "processing" && progress !== null ? { progress } : {};
}

/** Why it failed, and what an app has to know before it asks again. */
function errorOf(
  { error, errorCode, billed }: TaskView,
): Pick<StatusBody, "error" | "error_code" | "retryable" | "billed"> {
  if (error === null || errorCode === null) return {};
  const code = shownErrorCodeOf(errorCode);
  return {
    error,
    error_code: code,
    retryable: isRetryable(code),
    ...(billed !== null && { billed }),
  };
}
