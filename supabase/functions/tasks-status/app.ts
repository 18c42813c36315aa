import { z } from "zod";
import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { CanceledBody, PurgedBody, StatusBody } from "../../../shared/contract/responses.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp, refuseOtherMethods } from "../../../shared/http/create_app.ts";
import { readFlag } from "../../../shared/http/read_flag.ts";
import type { Log } from "../../../shared/log.ts";
import type { ResultUrls } from "../../../shared/storage/result_urls.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { resultFields, storedAddresses } from "../../../shared/tasks/result_fields.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";
import { addReport } from "./report.ts";

export interface TasksStatusDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "read" | "cancel" | "purge" | "report">;
  readonly resultUrls: ResultUrls;
}

const uuid = z.uuid();

/**
 * The status of a task, its cancellation, its deletion and reports of its results, under the path of the
 * API guide and under the function's own name.
 */
export function createTasksStatusApp({
  log,
  corsOrigins,
  authenticator,
  tasks,
  resultUrls,
}: TasksStatusDependencies): App {
  const app = createApp({ log, corsOrigins });
  for (const path of ["/tasks/:id", "/tasks-status/:id"] as const) {
    app.delete(path, async (c) => {
      const { userId } = await authenticator.authenticate(c.req.raw.headers);
      const isPurge = readFlag(c, "purge");
      const id = uuid.safeParse(c.req.param("id"));
      if (isPurge) {
        const purge = id.success ? await tasks.purge(id.data, userId) : undefined;
        if (!id.success || !purge) throw new ApiError("not_found", "No such task");
        const body: PurgedBody = { task_id: id.data, status: "purged", billed: purge.billed };
        return c.json(body);
      }
      const end = id.success ? await tasks.cancel(id.data, userId) : undefined;
      if (!id.success || !end) throw new ApiError("not_found", "No such task");
      if (!end.canceled) {
        throw new ApiError("task_is_final", `The task is ${end.status} already and stays so`);
      }
      const body: CanceledBody = { task_id: id.data, status: "canceled", billed: end.billed };
      return c.json(body);
    });
  }
  refuseOtherMethods(app, "/tasks/:id", "DELETE");
  for (const path of ["/tasks/:id/status", "/tasks-status/:id"] as const) {
    app.get(path, async (c) => {
      const { userId, apiKey } = await authenticator.authenticate(c.req.raw.headers);
      const id = uuid.safeParse(c.req.param("id"));
      const task = id.success ? await tasks.read(id.data, userId, apiKey.seesCosts) : undefined;
      if (!task) throw new ApiError("not_found", "No such task");
      const authorization = c.req.header("authorization") ?? "";
      const stored = storedAddresses(task);
      const shown = await resultUrls.forCaller(stored, authorization).catch((error) => {
        c.get("log").error("results not shown", error, { task_id: task.id });
        throw new ApiError("unavailable", "The results cannot be shown at the moment; try again");
      });
      return c.json(statusBody(task, shown));
    });
    refuseOtherMethods(app, path, path === "/tasks-status/:id" ? "GET, DELETE" : "GET");
  }
  addReport(app, { authenticator, tasks });
  return app;
}

/** @param shown What its stored addresses are now. */
function statusBody(task: TaskView, shown: readonly string[]): StatusBody {
  const {
    startedAt,
    finishedAt,
    errorCode,
    error,
    missingResults,
    reportedAt,
    costUsd,
  } = task;
  return {
    task_id: task.id,
    status: task.status,
    ...progressOf(task),
    ...resultFields(task, shown),
    ...(reportedAt !== null && { reported: true }),
    ...(missingResults !== null && { missing_results: missingResults }),
    ...(finishedAt && costUsd !== null && { cost_usd: costUsd }),
    ...(error !== null && { error }),
    ...(errorCode !== null && { error_code: errorCode }),
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
