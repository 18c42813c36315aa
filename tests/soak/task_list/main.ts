/**
 * By hand, on a running stack: the list of a user with a hundred thousand tasks, beside the status.
 * `TEST_PORT=54321 deno run --allow-all tests/soak/task_list/main.ts`
 */
import type postgres from "postgres";
import type { TaskListQuery, TaskPlace } from "../../../shared/tasks/task.ts";
import { type CallerTasks, createCallerTasks } from "../../../shared/tasks/caller_tasks.ts";
import { writeCursor } from "../../../supabase/functions/tasks-status/cursor.ts";
import { print, tellFailures } from "../../../tools/command_line.ts";
import { headersOf } from "../../support/client.ts";
import { type NewUser, newUser } from "../../support/new_user.ts";
import { stack, withDatabase } from "../../support/stack.ts";
import { percentile } from "../long_polls/measure.ts";
import { addTasks } from "./add_tasks.ts";

const TASKS = 100_000;
/** Few enough that nobody meets the limit of requests a minute. */
const REQUESTS = 60;

await tellFailures(async () => {
  const [user, other] = [await newUser(), await newUser()];
  await withDatabase(async (sql) => {
    try {
      await addTasks(sql, user.id, TASKS);
      await addTasks(sql, other.id, 1_000);
      await sql`vacuum analyze public.tasks`;
      const tasks = createCallerTasks(sql);
      await compareRequests(user, tasks);
      await walkThrough(sql, user, tasks);
    } finally {
      await sql`delete from public.tasks where user_id in (${user.id}, ${other.id})`;
    }
  });
});

async function compareRequests(user: NewUser, tasks: CallerTasks): Promise<void> {
  const { tasks: [task] } = await tasks.list({ limit: 1 }, user.id);
  const middle = writeCursor({ createdMicroseconds: await middleOf(user), id: user.id });
  const paths = {
    "status": `tasks/${task?.id}/status`,
    "list": "tasks",
    "list, limit=100": "tasks?limit=100",
    "list, from the middle on": `tasks?cursor=${middle}`,
    "list, of a third": "tasks?status=failed",
    "list, of ten in all": "tasks?operation=refine-model",
    "list, of none": "tasks?status=pending",
  };
  const times = new Map<string, number[]>(Object.keys(paths).map((name) => [name, []]));
  for (let round = 0; round < REQUESTS; round++) {
    for (const [name, path] of Object.entries(paths)) {
      const start = performance.now();
      const response = await fetch(`${stack.functionsUrl}/${path}`, {
        headers: headersOf(user.token),
      });
      await response.text();
      if (!response.ok) throw new Error(`${name}: ${response.status}`);
      times.get(name)?.push(performance.now() - start);
    }
  }
  for (const [name, values] of times) {
    const [half, most] = [0.5, 0.95].map((share) => percentile(values, share).toFixed(1));
    print(`${name}: ${half} ms (p50), ${most} ms (p95)`);
  }
}

async function middleOf({ id }: NewUser): Promise<number> {
  return await withDatabase(async (sql) => {
    const [row] = await sql<{ at: number }[]>`
      select (extract(epoch from created_at) * 1000000)::float8 as at from public.tasks
      where user_id = ${id} order by created_at offset ${TASKS / 2} limit 1
    `;
    if (!row) throw new Error("There is no middle");
    return row.at;
  });
}

/** Reads all of the list while tasks are added. */
async function walkThrough(sql: postgres.Sql, user: NewUser, tasks: CallerTasks): Promise<void> {
  const rows = await sql<{ id: string }[]>`select id from public.tasks where user_id = ${user.id}`;
  const [missing, twice] = [new Set(rows.map(({ id }) => id)), new Set<string>()];
  let [added, unknown, parts] = [0, 0, 0];
  for (let before: TaskPlace | undefined, isFirst = true; before || isFirst; isFirst = false) {
    const query: TaskListQuery = { limit: 100, before };
    const part = await tasks.list(query, user.id);
    for (const { id } of part.tasks) {
      if (missing.delete(id)) twice.add(id);
      else if (twice.has(id)) throw new Error(`${id} is told twice`);
      else unknown++;
    }
    before = part.next;
    if (++parts % 10 === 0) added += await addTasks(sql, user.id, 20);
  }
  print(
    `${rows.length} tasks in ${parts} parts, while ${added} were added: ${missing.size} not told, ` +
      `none twice, ${unknown} of the new`,
  );
}
