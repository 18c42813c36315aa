import type postgres from "postgres";
import type { Cell } from "../../text_table.ts";

interface Place {
  readonly queue: string;
  readonly message_id: string | null;
  readonly is_there: boolean;
}

/** Where a task's message is, and what is before it. */
export async function queuePlace(
  sql: postgres.Sql,
  taskId: string,
): Promise<Readonly<Record<string, Cell>>> {
  const [place] = await sql<Place[]>`
    select queue, message_id, private.has_queue(queue) as is_there
    from public.tasks
    where id = ${taskId}::uuid
  `;
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
      greatest(lanes.paused_until, lanes.rate_limited_until) as lane_rests_until
    from public.tasks
    join private.lanes on lanes.provider = tasks.provider
    where tasks.id = ${taskId}::uuid
  `;
  return { ...lane, ...await messageOf(sql, place) };
}

async function messageOf(
  sql: postgres.Sql,
  place: Place | undefined,
): Promise<Readonly<Record<string, Cell>>> {
  if (!place?.message_id) return { message: "none: it has ended" };
  if (!place.is_there) return { message: "none: the queue is missing" };
  const [message] = await sql<{ enqueued: Date; due: Date; reads: number }[]>`
    select enqueued_at as enqueued, vt as due, read_ct as reads
    from pgmq.${sql(`q_${place.queue}`)}
    where msg_id = ${place.message_id}::bigint
  `;
  if (!message) return { message: "lost: it is restored within a minute" };
  return { message: place.message_id, due_at: message.due, enqueued_at: message.enqueued };
}
