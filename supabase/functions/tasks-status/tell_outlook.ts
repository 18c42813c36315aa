import type { Outlook } from "../../../shared/contract/outlook.ts";
import type { Log } from "../../../shared/log.ts";
import type { Outlooks, OutlookTask } from "../../../shared/tasks/outlooks.ts";

/** What a status says of the time to come. It is said without, where that cannot be found out. */
export async function tellOutlook(
  outlooks: Outlooks,
  task: OutlookTask,
  userId: string,
  log: Pick<Log, "error">,
): Promise<Outlook> {
  try {
    return (await outlooks.of([task], userId)).get(task.id) ?? {};
  } catch (error) {
    log.error("outlook not told", error, { task_id: task.id });
    return {};
  }
}
