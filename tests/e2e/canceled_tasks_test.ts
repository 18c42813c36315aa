import assert from "node:assert/strict";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { withDefaultPlan } from "../support/limits.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";

/** As long as the contract allows, and of words that hardly compress. */
function longestPrompt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24_000));
  return btoa(String.fromCharCode(...bytes)).slice(0, 32_000);
}

/** Submits the largest request, and cancels it at once. */
async function submitAndCancel({ token }: NewUser, task_id: string): Promise<void> {
  const request = { task_id, provider: "openai", prompt: longestPrompt(), n: 4 };
  const accepted = await post("text-to-image", request, headersOf(token));
  assert.equal(accepted.status, 202, await accepted.clone().text());
  const { celery_task_id } = acceptedBody.parse(await accepted.json());
  const url = `${stack.functionsUrl}/tasks/${celery_task_id}`;
  const canceled = await fetch(url, { method: "DELETE", headers: headersOf(token) });
  assert.deepEqual([canceled.status, (await canceled.json()).billed], [200, "no"]);
}

interface Stored {
  readonly tasks: number;
  readonly images: number;
  readonly bytes: number;
}

/** What is there of a user in the tables that a submit writes. */
async function storedOf({ id }: NewUser): Promise<Stored> {
  const [stored] = await withDatabase((sql) =>
    sql<Stored[]>`
      with task as (select tasks as content from public.tasks where user_id = ${id}),
        image as (select concept_images as content from public.concept_images where user_id = ${id})
      select
        (select count(*)::integer from task) as tasks,
        (select count(*)::integer from image) as images,
        (
          select coalesce(sum(octet_length(content)), 0)::float8
          from (select content::text from task union all select content::text from image) as row
        ) as bytes
    `
  );
  if (!stored) throw new Error("No count");
  return { ...stored };
}

Deno.test("submits and cancellations of a minute leave next to nothing, and nothing after a day", async () => {
  const user = await newUser();
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  const names = Array.from({ length: 30 }, newTaskId);
  await withLane("openai", closed, () =>
    withDefaultPlan({ submits_per_minute: 30 }, async () => {
      for (const name of names) await submitAndCancel(user, name);
      const request = { task_id: newTaskId(), provider: "openai", prompt: "One more" };
      const refused = await post("text-to-image", request, headersOf(user.token));
      assert.equal(refused.status, 429, await refused.text());
    }));

  const { bytes, ...rows } = await storedOf(user);
  assert.deepEqual(rows, { tasks: 30, images: 120 });
  assert.ok(bytes < 30 * 4_000, `${bytes} bytes are stored`);

  await withDatabase(async (sql) => {
    await sql`
      update public.tasks set finished_at = now() - interval '25 hours' where user_id = ${user.id}
    `;
    await sql`select private.prune()`;
  });
  assert.deepEqual(await storedOf(user), { tasks: 0, images: 0, bytes: 0 });
});

Deno.test("a canceled task_id is good for another request, though what was asked for is gone", async () => {
  const user = await newUser();
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withLane("openai", closed, async () => {
    const task_id = newTaskId();
    await submitAndCancel(user, task_id);
    const request = { task_id, provider: "openai", prompt: "Another" };
    const again = await post("text-to-image", request, headersOf(user.token));
    assert.deepEqual([again.status, again.headers.get("idempotency-replayed")], [202, null]);
    const replayed = await post("text-to-image", request, headersOf(user.token));
    assert.deepEqual([replayed.status, replayed.headers.get("idempotency-replayed")], [
      202,
      "true",
    ]);
    const first = acceptedBody.parse(await again.json());
    const second = acceptedBody.parse(await replayed.json());
    assert.equal(second.celery_task_id, first.celery_task_id);
  });
});
