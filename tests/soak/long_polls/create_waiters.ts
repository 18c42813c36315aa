import { headersOf } from "../../support/client.ts";
import { newUser } from "../../support/new_user.ts";
import { stack, withDatabase } from "../../support/stack.ts";

/** Few enough of one user that nobody meets the limit of requests a minute. */
const WAITERS_OF_A_USER = 50;

/** Who follows a task that is under way. */
export interface Waiter {
  readonly id: string;
  /** Asks the function itself, past the gateway, for another version than is known. */
  wait(seconds: number, signal?: AbortSignal): Promise<Response>;
  /** Asks without knowing anything. */
  read(query: string): Promise<Response>;
}

/** Tasks in the midst of their work, which no worker has, each with somebody who follows it. */
export async function createWaiters(count: number): Promise<readonly Waiter[]> {
  const groups = Math.ceil(count / WAITERS_OF_A_USER);
  const waiters: Waiter[] = [];
  for (let group = 0; group < groups; group++) {
    const user = await newUser();
    const ids = Array.from(
      { length: Math.min(WAITERS_OF_A_USER, count - waiters.length) },
      () => crypto.randomUUID(),
    );
    await insertTasks(user.id, ids);
    waiters.push(...ids.map((id) => createWaiter(user.token, id)));
  }
  return waiters;
}

async function insertTasks(userId: string, ids: readonly string[]): Promise<void> {
  await withDatabase((sql) =>
    sql`
      insert into public.tasks (
        id, user_id, client_task_id, operation, provider, pool, parameters, output, result_count,
        status, started_at, deadline_at, request_id, queue, lease, lease_expires_at
      )
      select
        id, ${userId}, id::text, 'text-to-image', 'openai', 'default', '{"prompt": "A red cube"}',
        'image', 1, 'processing', now(), now() + interval '1 day', id::text, 'openai', 1,
        now() + interval '1 day'
      from unnest(${ids as string[]}::uuid[]) as id
    `
  );
}

function createWaiter(token: string, id: string): Waiter {
  const address = `http://127.0.0.1:${stack.ports.tasksStatus}/tasks/${id}/status`;
  const headers = headersOf(token);
  let known = '"1"';
  return {
    id,
    async wait(seconds, signal) {
      const response = await fetch(`${address}?wait=${seconds}`, {
        headers: { ...headers, "If-None-Match": known },
        ...(signal && { signal }),
      });
      await response.body?.cancel();
      known = response.headers.get("etag") ?? known;
      return response;
    },
    read: (query) => fetch(`${address}${query}`, { headers }),
  };
}
