import type { TaskView } from "../../../shared/tasks/task.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { createTasksStatusApp, type TasksStatusDependencies } from "./app.ts";

export const ID = "11111111-1111-4111-8111-111111111111";
export const OWNER = "00000000-0000-4000-8000-000000000001";

export const pending: TaskView = {
  id: ID,
  version: 1,
  clientTaskId: "task-workspace-1",
  operation: "text-to-image",
  provider: "openai",
  status: "pending",
  progress: null,
  assetUrls: [],
  results: null,
  parameters: { prompt: "a hat" },
  missingResults: null,
  errorCode: null,
  error: null,
  billed: null,
  createdAt: new Date("2026-11-23T12:00:00Z"),
  startedAt: null,
  finishedAt: null,
  reportedAt: null,
  costUsd: null,
};

export type Changes = Partial<
  & Pick<TasksStatusDependencies, "log" | "watch" | "now" | "outlooks">
  & TasksStatusDependencies["tasks"]
  & TasksStatusDependencies["resultUrls"]
  & TasksStatusDependencies["authenticator"]
  & { seesCosts: boolean }
>;

/** Asks the app, whose database has one task, of one user, who asks. */
export async function ask(
  path: string,
  task: TaskView = pending,
  changes: Changes = {},
  init: RequestInit = {},
): Promise<Response> {
  const apiKey = {
    id: "key-1",
    clientName: "app",
    allowedOperations: null,
    seesCosts: changes.seesCosts ?? false,
  };
  const app = createTasksStatusApp({
    log: changes.log ?? recordLog().log,
    corsOrigins: ["*"],
    authenticator: {
      authenticate: () =>
        Promise.resolve({ userId: OWNER, plan: "default", isOperator: false, apiKey }),
      ...changes,
    },
    tasks: {
      read: (id, userId, withCost) =>
        Promise.resolve(
          id === task.id && userId === OWNER
            ? { ...task, costUsd: withCost ? task.costUsd : null }
            : undefined,
        ),
      list: () => Promise.resolve({ tasks: [], next: undefined }),
      cancel: () => Promise.resolve(undefined),
      purge: () => Promise.resolve(undefined),
      report: () => Promise.resolve(undefined),
      ...changes,
    },
    resultUrls: { forCaller: (stored) => Promise.resolve([...stored]), ...changes },
    outlooks: changes.outlooks ?? { of: () => Promise.resolve(new Map()) },
    watch: changes.watch ?? { wait: () => Promise.resolve("over") },
    now: changes.now ?? (() => 0),
  });
  const headers = { authorization: "Bearer token", ...init.headers };
  return await app.request(path, { ...init, headers });
}
