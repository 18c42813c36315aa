import type postgres from "postgres";

/** The message by which a task waits in its queue. */
export interface TaskMessage {
  /** Null: it has ended. */
  readonly id: string | null;
  readonly isQueueThere: boolean;
  /** Before, no worker takes it. Null where there is no message. */
  readonly due: Date | null;
  readonly enqueued: Date | null;
}

/** Where a task's message is, and from when on it is taken. */
export async function messageOf(sql: postgres.Sql, taskId: string): Promise<TaskMessage> {
  const [place] = await sql<{ queue: string; id: string | null; isThere: boolean }[]>`
    select queue, message_id as id, private.has_queue(queue) as "isThere"
    from public.tasks
    where id = ${taskId}::uuid
  `;
  const none = { due: null, enqueued: null };
  if (!place?.id) return { id: null, isQueueThere: true, ...none };
  if (!place.isThere) return { id: place.id, isQueueThere: false, ...none };
  const [message = none] = await sql<{ enqueued: Date; due: Date }[]>`
    select enqueued_at as enqueued, vt as due
    from pgmq.${sql(`q_${place.queue}`)}
    where msg_id = ${place.id}::bigint
  `;
  return { id: place.id, isQueueThere: true, ...message };
}
