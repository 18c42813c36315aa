import type { Context } from "hono";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { StatusBody } from "../../../shared/contract/responses.ts";
import type { AppEnvironment } from "../../../shared/http/app_environment.ts";
import type { ResultUrls } from "../../../shared/storage/result_urls.ts";
import { storedAddresses } from "../../../shared/tasks/result_fields.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";
import { statusBodyOf } from "./status_body.ts";

/** What the caller is told of tasks. All of their results are signed at once. */
export async function showTasks(
  c: Context<AppEnvironment>,
  tasks: readonly TaskView[],
  resultUrls: ResultUrls,
): Promise<StatusBody[]> {
  const authorization = c.req.header("authorization") ?? "";
  const stored = tasks.map(storedAddresses);
  const shown = await resultUrls.forCaller(stored.flat(), authorization).catch((error) => {
    c.get("log").error("results not shown", error, { task_id: tasks[0]?.id });
    throw new ApiError("unavailable", "The results cannot be shown at the moment; try again");
  });
  let taken = 0;
  return tasks.map((task, place) =>
    statusBodyOf(task, shown.slice(taken, taken += stored[place]?.length ?? 0))
  );
}
