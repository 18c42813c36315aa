import assert from "node:assert/strict";
import { acceptedBody, errorBody } from "../../shared/contract/responses.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withContentLimits } from "../support/limits.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** In turns: refusals are the user's, by whichever provider. */
const providers = ["openai", "stability"] as const;

async function ask(user: NewUser, place: number, prompt: string): Promise<Response> {
  const request = { task_id: newTaskId(), provider: providers[place % 2], prompt };
  return await post("text-to-image", request, headersOf(user.token));
}

/** Submits what the provider refuses, and waits until it has. */
async function askForRefused(user: NewUser, places: readonly number[]): Promise<void> {
  const ids = await Promise.all(places.map(async (place) => {
    const response = await ask(user, place, `sim:moderated-input ${crypto.randomUUID()}`);
    assert.equal(response.status, 202, await response.clone().text());
    return acceptedBody.parse(await response.json()).celery_task_id;
  }));
  // Not by the API, which answers a blocked user nothing.
  await withDatabase(async (sql) => {
    const rows = await waitUntil("the end of all", async () => {
      const ended = await sql<{ code: string }[]>`
        select error_code as code from public.tasks
        where id = any (${ids}) and finished_at is not null
      `;
      return ended.length === ids.length && ended;
    });
    assert.deepEqual(rows.map(({ code }) => code), ids.map(() => "content_refused"));
  });
}

/** What is known of a user's refusals, and how many tasks there are. */
async function stateOf({ id }: NewUser): Promise<unknown> {
  const [state] = await withDatabase((sql) =>
    sql`
      select
        (select count(*)::integer from public.tasks where user_id = ${id}) as tasks,
        (select count(*)::integer from private.content_refusals where user_id = ${id}) as refusals,
        private.is_blocked(${id}) as blocked
    `
  );
  return { ...state };
}

Deno.test("a user whose requests are refused waits, and nobody else", async () => {
  const [ann, bob] = [await newUser(), await newUser()];
  await withContentLimits({ slow_after: 3 }, async () => {
    await askForRefused(ann, [0, 1, 2]);
    const response = await ask(ann, 0, "A cube");
    const body = errorBody.parse(await response.json());
    assert.deepEqual([response.status, body.error], [429, "rate_limited"]);
    assert.match(body.message, /^3 requests of this user were refused for their content lately; /);
    assert.match(response.headers.get("retry-after") ?? "", /^([1-9]|[1-5]\d|60)$/);
    assert.equal((await ask(bob, 0, "A cube")).status, 202);
  });
  assert.deepEqual(await stateOf(ann), { tasks: 3, refusals: 3, blocked: false });
});

Deno.test("a user who goes on is blocked, with what was submitted at once", async () => {
  const user = await newUser();
  await withContentLimits({ block_after: 4 }, () => askForRefused(user, [0, 1, 2, 3]));
  assert.deepEqual(await stateOf(user), { tasks: 4, refusals: 4, blocked: true });
});
