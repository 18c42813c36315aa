import type postgres from "postgres";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds the task that an operator means: by its id (celery_task_id), by the task_id that its app has
 * chosen, by a request id, or by the id of a trace. Throws an error that says what to do if there is none, or more than one.
 */
export async function findTask(sql: postgres.Sql, text: string): Promise<string> {
  if (UUID.test(text)) {
    const [task] = await sql`select from public.tasks where id = ${text}::uuid`;
    if (task) return text.toLowerCase();
  }
  // No index finds these: all tasks are read.
  const tasks = await sql<{ id: string; operation: string; created: Date }[]>`
    select id, operation, created_at as created
    from public.tasks
    where client_task_id = ${text} or request_id = ${text}
      or substr(traceparent, 4, 32) = lower(${text})
    order by created_at desc
    limit 20
  `;
  const [task, ...others] = tasks;
  if (!task) {
    throw new Error(
      `No task has the id, task_id, request id or trace ${text}. Of a deleted task only the ledger's rows ` +
        "are left, without its id",
    );
  }
  if (others.length === 0) return task.id;
  const lines = tasks.map(({ id, operation, created }) =>
    `  ${id}  ${operation}  ${created.toISOString()}`
  );
  throw new Error(
    `Several tasks have the task_id, request id or trace ${text}; name one by id:\n` +
      lines.join("\n"),
  );
}
