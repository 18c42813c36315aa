import type { Authenticator } from "../../../shared/auth/authenticate.ts";
import type { App } from "../../../shared/http/app_environment.ts";
import { createApp } from "../../../shared/http/create_app.ts";
import type { Log } from "../../../shared/log.ts";
import type { ResultUrls } from "../../../shared/storage/result_urls.ts";
import type { CallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import type { Outlooks } from "../../../shared/tasks/outlooks.ts";
import type { VersionWatch } from "../../../shared/tasks/version_watch.ts";
import { addEnd } from "./end.ts";
import { addList } from "./list.ts";
import { addReport } from "./report.ts";
import { addStatus } from "./status.ts";

export interface TasksStatusDependencies {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly authenticator: Authenticator;
  readonly tasks: Pick<CallerTasks, "read" | "list" | "cancel" | "purge" | "report">;
  readonly outlooks: Outlooks;
  readonly resultUrls: ResultUrls;
  readonly watch: Pick<VersionWatch, "wait">;
  readonly now: () => number;
}

/**
 * A user's tasks: their list, the status of each, its cancellation, its deletion and reports of its
 * results, under the path of the API guide and under the function's own name.
 */
export function createTasksStatusApp(
  { log, corsOrigins, ...dependencies }: TasksStatusDependencies,
): App {
  const app = createApp({ log, corsOrigins });
  addList(app, dependencies);
  addEnd(app, dependencies);
  addStatus(app, dependencies);
  addReport(app, dependencies);
  return app;
}
