import type { Database } from "../database.ts";
import type { TaskView } from "./task.ts";

/** Finds one of the caller's own tasks; undefined for any other id. */
export type ReadTask = (id: string, userId: string) => Promise<TaskView | undefined>;

/**
 * Reads a task as the caller: under the role `authenticated` and the caller's id, so that row level
 * security and column grants decide, as they do for the app's own queries.
 */
export function createReadTask(sql: Database): ReadTask {
  return async (id, userId) => {
    const [task] = await sql<TaskView[]>`
      select
        id, client_task_id as "clientTaskId", operation, provider, status, progress,
        asset_urls as "assetUrls", error_code as "errorCode", error,
        created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"
      from private.read_task(${userId}::uuid, ${id}::uuid)
    `;
    return task;
  };
}
