import assert from "node:assert/strict";
import { errorBody } from "../../shared/contract/responses.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { createKey } from "../support/keys.ts";
import { withLane } from "../support/lanes.ts";
import { withDefaultPlan } from "../support/limits.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { stack, withDatabase } from "../support/stack.ts";

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

/** Lanes in turns: what is counted is the user's, in whichever lane. */
async function submitAtOnce(
  user: NewUser,
  count: number,
  apiKey: string = SEED.apiKey,
): Promise<Answer[]> {
  return await Promise.all(Array.from({ length: count }, async (_, place) => {
    const provider = place % 2 === 0 ? "openai" : "stability";
    const request = { task_id: newTaskId(), provider, prompt: "A cube" };
    const response = await post("text-to-image", request, headersOf(user.token, apiKey));
    const retryAfter = response.headers.get("retry-after");
    return { status: response.status, retryAfter, body: await response.json() };
  }));
}

function statusesOf(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** What is there of a user's submits: rows, results to come, messages. */
async function countEffects({ id }: NewUser): Promise<Record<string, number> | undefined> {
  const [effects] = await withDatabase((sql) =>
    sql<Record<string, number>[]>`
      with messages as (
        select message ->> 'task_id' as id from pgmq.q_openai
        union all select message ->> 'task_id' from pgmq.q_stability
      )
      select
        count(*)::integer as tasks,
        (select count(*)::integer from public.concept_images where user_id = ${id}) as assets,
        (select count(*)::integer from messages where messages.id = any (array_agg(tasks.id::text)))
          as messages
      from public.tasks
      where user_id = ${id}
    `
  );
  return effects && { ...effects };
}

function assertRefused(answers: readonly Answer[], message: RegExp): void {
  for (const { status, retryAfter, body } of answers) {
    if (status !== 429) continue;
    const { error, message: words } = errorBody.parse(body);
    assert.equal(error, "rate_limited");
    assert.match(words, message);
    assert.match(retryAfter ?? "", /^([1-9]|[1-5]\d|6[01])$/);
  }
}

/** Nothing starts: what is counted stays there to be counted. */
async function withClosedLanes(work: () => Promise<void>): Promise<void> {
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withLane("openai", closed, () => withLane("stability", closed, work));
}

Deno.test("a user at the limit gets a 429 and costs others nothing", async () => {
  const [ann, bob] = [await newUser(), await newUser()];
  await withClosedLanes(() =>
    withDefaultPlan({ submits_per_minute: 5 }, async () => {
      const [anns, bobs] = await Promise.all([submitAtOnce(ann, 60), submitAtOnce(bob, 5)]);
      assert.deepEqual(statusesOf(anns), { 202: 5, 429: 55 });
      assert.deepEqual(statusesOf(bobs), { 202: 5 });
      assertRefused(
        anns,
        /^Limit of 5 submits a minute for each user reached; try again in \d+ s$/,
      );
    })
  );
  for (const user of [ann, bob]) {
    assert.deepEqual(await countEffects(user), { tasks: 5, assets: 5, messages: 5 });
  }
});

Deno.test("a user has no more unfinished tasks than allowed, and may go on when one has ended", async () => {
  const ann = await newUser();
  await withClosedLanes(() =>
    withDefaultPlan({ active_tasks: 3 }, async () => {
      const answers = await submitAtOnce(ann, 20);
      assert.deepEqual(statusesOf(answers), { 202: 3, 429: 17 });
      assertRefused(answers, /^Limit of 3 unfinished tasks for each user reached; wait .*cancel/);

      const accepted = answers.find(({ status }) => status === 202)?.body;
      const { celery_task_id } = Object(accepted);
      const url = `${stack.functionsUrl}/tasks/${celery_task_id}`;
      const canceled = await fetch(url, { method: "DELETE", headers: headersOf(ann.token) });
      assert.equal(canceled.status, 200);
      await canceled.body?.cancel();
      assert.deepEqual(statusesOf(await submitAtOnce(ann, 2)), { 202: 1, 429: 1 });
    })
  );
});

Deno.test("a replay is answered at the limit, too", async () => {
  const ann = await newUser();
  const request = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  await withClosedLanes(() =>
    withDefaultPlan({ submits_per_minute: 1 }, async () => {
      const first = await post("text-to-image", request, headersOf(ann.token));
      assert.equal(first.status, 202);
      assert.deepEqual(statusesOf(await submitAtOnce(ann, 1)), { 429: 1 });
      const again = await post("text-to-image", request, headersOf(ann.token));
      assert.deepEqual([again.status, again.headers.get("idempotency-replayed")], [202, "true"]);
      assert.equal((await again.json()).celery_task_id, (await first.json()).celery_task_id);
    })
  );
});

Deno.test("the limit of a key is one for all its users together", async () => {
  const users = [await newUser(), await newUser(), await newUser()];
  const key = await createKey("--per-minute", "4");
  await withClosedLanes(async () => {
    const answers = await Promise.all(users.map((user) => submitAtOnce(user, 10, key)));
    assert.deepEqual(statusesOf(answers.flat()), { 202: 4, 429: 26 });
    assertRefused(answers.flat(), /^Limit of 4 submits a minute for this API key reached; try/);
    const [user] = users;
    assert.deepEqual(user && statusesOf(await submitAtOnce(user, 2)), { 202: 2 });
  });
});
