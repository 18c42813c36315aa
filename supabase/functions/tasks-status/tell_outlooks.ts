import type { Outlook } from "../../../shared/contract/outlook.ts";
import type { Log } from "../../../shared/log.ts";
import type { Outlooks, OutlookTask } from "../../../shared/tasks/outlooks.ts";

/** What is said of the time to come, by task. It is said of none, where that cannot be found out. */
export async function tellOutlooks(
  outlooks: Outlooks,
  tasks: readonly OutlookTask[],
  userId: string,
  log: Pick<Log, "error">,
): Promise<ReadonlyMap<string, Outlook>> {
  try {
    return await outlooks.of(tasks, userId);
  } catch (error) {
    log.error("outlook not told", error, { task_id: tasks[0]?.id });
    return new Map();
  }
}
