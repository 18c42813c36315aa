import assert from "node:assert/strict";
import { type TaskListBody, taskListBody } from "../../shared/contract/responses.ts";
import { headersOf, readStatus } from "../support/client.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";

const ENDS = ["complete", "failed", "canceled"] as const;

/** Adds tasks that have ended, one after the other in time, as if the user had sent them. */
async function addTasks(
  { id }: NewUser,
  count: number,
  operation = "text-to-image",
): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ id: string }[]>`
      insert into public.tasks (
        user_id, client_task_id, operation, provider, pool, parameters, output, result_count, status,
        asset_urls, error_code, error, created_at, started_at, finished_at, deadline_at, request_id,
        queue
      )
      select
        ${id}, gen_random_uuid()::text, ${operation}, 'openai', 'default', '{"prompt": "A red cube"}',
        'image', 1, status, case status when 'complete' then '{https://files.example/0.png}' else '{}' end::text[],
        case status when 'failed' then 'timeout' end, case status when 'failed' then 'Late' end,
        -- Some of one moment.
        clock_timestamp() + number / 3 * interval '1 microsecond', now(), now(), now(), 'request', 'openai'
      from generate_series(1, ${count}::integer) as number,
        lateral (select (${ENDS as unknown as string[]}::text[])[1 + number % 3] as status) as ends
      returning id
    `
  );
  return rows.map((row) => row.id);
}

async function list({ token }: Pick<NewUser, "token">, query: string): Promise<TaskListBody> {
  const response = await fetch(`${stack.functionsUrl}/tasks?${query}`, {
    headers: headersOf(token),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return taskListBody.strict().parse(await response.json());
}

/** Every task, a part at a time; something may be done between two parts. */
async function listAll(
  user: Pick<NewUser, "token">,
  query: string,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<TaskListBody["tasks"]> {
  const tasks: TaskListBody["tasks"] = [];
  for (let cursor: string | null = "";;) {
    const part: TaskListBody = await list(user, `${query}&cursor=${cursor}`);
    tasks.push(...part.tasks);
    if (part.next_cursor === null) return tasks;
    cursor = part.next_cursor;
    await between();
  }
}

Deno.test("every task is told once, newest first, while others are added", async () => {
  const [user, stranger] = [await newUser(), await newUser()];
  const ids = new Set(await addTasks(user, 100));
  await addTasks(stranger, 30);
  const told = await listAll(user, "limit=7", () => addTasks(user, 3));
  assert.equal(told.length, 100, "What is new is in front of where it began");
  assert.deepEqual(new Set(told.map(({ task_id }) => task_id)), ids);
  const times = told.map(({ created_at }) => created_at);
  assert.deepEqual(times, times.toSorted().reverse());
  assert.equal((await listAll(user, "limit=100")).length, 100 + 14 * 3);
});

Deno.test("a task is told as its status tells it", async () => {
  const user = await newUser();
  await addTasks(user, 3);
  for (const task of (await list(user, "")).tasks) {
    assert.deepEqual(task, await readStatus(user, task.task_id));
  }
});

Deno.test("a part of them is what was asked for", async () => {
  const user = await newUser();
  await addTasks(user, 30);
  await addTasks(user, 6, "remove-background");
  for (const status of ENDS) {
    const told = await listAll(user, `limit=5&status=${status}`);
    assert.deepEqual([told.length, new Set(told.map((task) => task.status))], [
      12,
      new Set([status]),
    ]);
  }
  const both = await listAll(user, "limit=1&operation=remove-background&status=failed");
  assert.deepEqual(both.map(({ operation, status }) => [operation, status]), [
    ["remove-background", "failed"],
    ["remove-background", "failed"],
  ]);
  assert.deepEqual(await list(user, "status=pending"), { tasks: [], next_cursor: null });
  assert.equal((await list(user, "")).tasks.length, 20);
});

Deno.test("another's cursor tells nothing of another's tasks", async () => {
  const [user, stranger] = [await newUser(), await newUser()];
  const own = await addTasks(user, 5);
  await addTasks(stranger, 5);
  const { next_cursor } = await list(stranger, "limit=1");
  const { tasks } = await list(user, `cursor=${next_cursor}`);
  assert.deepEqual(new Set(tasks.map(({ task_id }) => task_id)), new Set(own));
});
