/**
 * Routes about tasks that exist already.
 *
 * Sources: https://developers.tripo3d.ai/en/docs/task-query,
 * https://developers.tripo3d.ai/en/docs/task-batch-query,
 * https://developers.tripo3d.ai/en/docs/account
 *
 * @module
 */
import { z } from "zod";
import { readBalance } from "./balance.ts";
import { TripoError } from "./errors.ts";
import { readBody, readFields } from "./fields.ts";
import { type Caller, succeedWith, type TripoService } from "./service.ts";
import { findTask, showRow, showTask } from "./task_view.ts";
import type { Task } from "./tasks.ts";

/** `GET /tasks/{id}` */
export function answerTask(id: string, service: TripoService, caller: Caller): Response {
  const task = findTask(id, service, caller.owner);
  if (task === undefined) throw new TripoError("task_not_found");
  return succeedWith(showTask(task, service, caller));
}

const listSchema = z.looseObject({ task_ids: z.array(z.string()).min(1).max(100) });

/** The body of `POST /tasks/list`: ids, each once. */
export async function readTaskIds(request: Request): Promise<readonly string[]> {
  const { fields: { task_ids } } = await readBody(request, listSchema);
  return [...new Set(task_ids)];
}

/** `POST /tasks/list`; what is not there, or another key's, is missed. */
export function answerTaskList(
  task_ids: readonly string[],
  service: TripoService,
  caller: Caller,
): Response {
  const found = task_ids.flatMap((id) => findTask(id, service, caller.owner) ?? []);
  const ids = found.map(({ id }) => id);
  return succeedWith({
    tasks: Object.fromEntries(found.map((task) => [task.id, showTask(task, service, caller)])),
    missed: task_ids.filter((id) => !ids.includes(id)),
  });
}

/** `GET /account/balance` */
export function answerBalance({ tasks }: TripoService, { owner }: Caller): Response {
  return succeedWith(readBalance(owner, tasks));
}

const usageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

/** `GET /account/usage`, newest first. Whether the service lists what still runs is not documented. */
export function answerUsage(
  query: Readonly<Record<string, string>>,
  service: TripoService,
  { owner }: Caller,
): Response {
  const { limit, offset } = readFields(query, usageSchema);
  const isListed = (task: Task): boolean =>
    task.order.isListedLate !== true || service.tasks.observe(task).phase === "ended";
  const listed = service.tasks.listOf(owner).filter(isListed);
  const rows = listed.toReversed().slice(offset, offset + limit);
  return succeedWith(rows.map((task) => showRow(task, service)));
}
