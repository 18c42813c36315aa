import type { Context } from "hono";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { StatusBody } from "../../../shared/contract/responses.ts";
import type { AppEnvironment } from "../../../shared/http/app_environment.ts";
import type { ResultUrls } from "../../../shared/storage/result_urls.ts";
import type { Outlooks } from "../../../shared/tasks/outlooks.ts";
import { storedAddresses } from "../../../shared/tasks/result_fields.ts";
import type { TaskView } from "../../../shared/tasks/task.ts";
import { statusBodyOf } from "./status_body.ts";
import { tellOutlooks } from "./tell_outlooks.ts";

export interface ShowDependencies {
  readonly resultUrls: ResultUrls;
  readonly outlooks: Outlooks;
}

/** What the caller is told of tasks of their own. All of their results are signed at once. */
export async function showTasks(
  c: Context<AppEnvironment>,
  tasks: readonly TaskView[],
  userId: string,
  { resultUrls, outlooks }: ShowDependencies,
): Promise<StatusBody[]> {
  const authorization = c.req.header("authorization") ?? "";
  const stored = tasks.map(storedAddresses);
  const [shown, told] = await Promise.all([
    resultUrls.forCaller(stored.flat(), authorization).catch((error) => {
      c.get("log").error("results not shown", error, { task_id: tasks[0]?.id });
      throw new ApiError("unavailable", "The results cannot be shown at the moment; try again");
    }),
    tellOutlooks(outlooks, tasks, userId, c.get("log")),
  ]);
  let taken = 0;
  return tasks.map((task, place) => {
    const addresses = shown.slice(taken, taken += stored[place]?.length ?? 0);
    return statusBodyOf(task, addresses, told.get(task.id) ?? {});
  });
}
