import type postgres from "postgres";
import type { Cell } from "../../text_table.ts";
import { messageOf, type TaskMessage } from "../task_message.ts";
import { whyItWaits } from "../why_it_waits.ts";

/** Where a task's message is, what is before it, and why it waits. */
export async function queuePlace(
  sql: postgres.Sql,
  taskId: string,
): Promise<Readonly<Record<string, Cell>>> {
  const [lane] = await sql<Record<string, Cell>[]>`
    select
      tasks.queue, tasks.pool, tasks.turn,
      (
        select count(*)::integer
        from public.tasks as others
        where others.provider = tasks.provider and others.pool = tasks.pool
          and others.turn < tasks.turn and others.finished_at is null and others.handle is null
          and tasks.finished_at is null and tasks.handle is null
      ) as tasks_before_it,
      greatest(lanes.paused_until, lanes.rate_limited_until, pools.rate_limited_until)
        as lane_rests_until
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    join private.pools on pools.provider = tasks.provider and pools.name = tasks.pool
    where tasks.id = ${taskId}::uuid
  `;
  return {
    ...lane,
    ...inWords(await messageOf(sql, taskId)),
    now: await whyItWaits(sql, taskId) ?? null,
  };
}

function inWords(
  { id, isQueueThere, due, enqueued }: TaskMessage,
): Readonly<Record<string, Cell>> {
  if (id === null) return { message: "none: it has ended" };
  if (!isQueueThere) return { message: "none: the queue is missing" };
  if (!due) return { message: "lost: it is restored within a minute" };
  return { message: id, due_at: due, enqueued_at: enqueued };
}
