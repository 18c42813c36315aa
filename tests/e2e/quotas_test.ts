import assert from "node:assert/strict";
import { z } from "zod";
import { errorBody } from "../../shared/contract/responses.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { countTasksOf, type NewUser } from "../support/new_user.ts";
import { newUserOf, withNextToken, withPlan } from "../support/plans.ts";
import { readAccount } from "../support/account.ts";
import { stack, withDatabase } from "../support/stack.ts";

interface Answer {
  readonly status: number;
  readonly retryAfter: number;
  readonly body: unknown;
}

async function submit(
  { token }: NewUser,
  fields: Record<string, unknown> = {},
  operation = "text-to-image",
): Promise<Answer> {
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube", ...fields };
  const response = await post(operation, body, headersOf(token));
  const retryAfter = Number(response.headers.get("retry-after"));
  return { status: response.status, retryAfter, body: await response.json() };
}

const atOnce = (count: number, ask: () => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, ask));

const statusesOf = (answers: readonly Answer[]): readonly number[] =>
  answers.map(({ status }) => status).sort();

/** Nothing starts: what is reserved stays so. */
async function withClosedLanes(work: () => Promise<void>): Promise<void> {
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withLane("openai", closed, () => withLane("tripo", closed, work));
}

const quotaError = errorBody.required({ limit: true, used: true, allowed: true, resets_at: true });

function assertQuota(
  answers: readonly Answer[],
  expected: Pick<z.infer<typeof quotaError>, "limit" | "used" | "allowed">,
): void {
  const refused = answers.filter(({ status }) => status === 429);
  assert.ok(refused.length > 0);
  for (const { body, retryAfter } of refused) {
    const { error, limit, used, allowed, resets_at } = quotaError.parse(body);
    assert.deepEqual({ error, limit, used, allowed }, { error: "quota_exceeded", ...expected });
    assert.match(resets_at, /T00:00:00\.000Z$/);
    assert.ok(retryAfter >= 1 && retryAfter <= 86_400, `${retryAfter}`);
  }
}

Deno.test("many submits at once, and as many images as the plan has in a day", async () => {
  await withClosedLanes(() =>
    withPlan({ images_per_day: 5 }, async (plan) => {
      const [ann, bob] = [await newUserOf(plan), await newUserOf(plan)];
      const [anns, bobs] = await Promise.all([
        atOnce(30, () => submit(ann)),
        atOnce(5, () => submit(bob)),
      ]);
      assert.deepEqual(statusesOf(anns), [...Array(5).fill(202), ...Array(25).fill(429)]);
      assert.deepEqual(statusesOf(bobs), Array(5).fill(202));
      assertQuota(anns, { limit: "images_per_day", used: 5, allowed: 5 });
      assert.deepEqual([await countTasksOf(ann), await countTasksOf(bob)], [5, 5]);
      const { images } = await readAccount(ann);
      assert.deepEqual(images, { used: 5, allowed: 5, left: 0 });
    })
  );
});

Deno.test("results count, not requests, and what was canceled unbilled counts no more", async () => {
  await withClosedLanes(() =>
    withPlan({ images_per_day: 5 }, async (plan) => {
      const ann = await newUserOf(plan);
      const first = await submit(ann, { n: 4 });
      assert.equal(first.status, 202);
      const second = await submit(ann, { n: 2 });
      assertQuota([second], { limit: "images_per_day", used: 4, allowed: 5 });
      assert.match(errorBody.parse(second.body).message, /ask for fewer/);
      assert.equal((await submit(ann, { n: 1 })).status, 202);

      const { celery_task_id } = Object(first.body);
      const url = `${stack.functionsUrl}/tasks/${celery_task_id}`;
      const canceled = await fetch(url, { method: "DELETE", headers: headersOf(ann.token) });
      assert.equal((await canceled.json()).billed, "no");
      assert.deepEqual((await readAccount(ann)).images, { used: 1, allowed: 5, left: 4 });
      assert.deepEqual(statusesOf(await atOnce(3, () => submit(ann, { n: 4 }))), [202, 429, 429]);
    })
  );
});

Deno.test("models have a quota of their own, and so have USD", async (t) => {
  const model = { provider: "tripo", prompt: "A castle" };
  await withClosedLanes(async () => {
    await t.step(
      "models",
      () =>
        withPlan({ models_per_day: 1, images_per_day: 1 }, async (plan) => {
          const ann = await newUserOf(plan);
          const answers = await atOnce(10, () => submit(ann, model, "text-to-model"));
          assert.deepEqual(statusesOf(answers), [202, ...Array(9).fill(429)]);
          assertQuota(answers, { limit: "models_per_day", used: 1, allowed: 1 });
          assert.equal((await submit(ann)).status, 202);
        }),
    );
    await t.step("USD", () =>
      withPlan({}, async (plan) => {
        const ann = await newUserOf(plan);
        assert.equal((await submit(ann)).status, 202);
        const { used: price } = (await readAccount(ann)).usd;
        assert.ok(price > 0);
        // Room for three, and not quite for four.
        const cents = Math.ceil(price * 350) / 100;
        await withPlan({ usd_per_day: cents }, async (tight) => {
          const bob = await newUserOf(tight);
          const room = Math.floor(cents / price + 1e-9);
          const answers = await atOnce(room + 10, () => submit(bob));
          const accepted = answers.filter(({ status }) => status === 202).length;
          assert.equal(accepted, room);
          const { used, left } = (await readAccount(bob)).usd;
          assert.equal(used, Number((room * price).toFixed(6)));
          assert.ok(left !== null && left >= 0 && left < price);
          assertQuota(answers, { limit: "usd_per_day", used, allowed: cents });
        });
      }));
  });
});

Deno.test("the same request again is answered when nothing is left", async () => {
  await withClosedLanes(() =>
    withPlan({ images_per_day: 1 }, async (plan) => {
      const ann = await newUserOf(plan);
      const task_id = newTaskId();
      const first = await submit(ann, { task_id });
      assert.equal(first.status, 202);
      assert.equal((await submit(ann)).status, 429);
      const again = await submit(ann, { task_id });
      assert.equal(again.status, 202);
      assert.equal(Object(again.body).celery_task_id, Object(first.body).celery_task_id);
    })
  );
});

Deno.test("a change of the plan counts from the next token on, and takes nothing that runs", async () => {
  await withClosedLanes(() =>
    withPlan({ images_per_day: 4 }, (paid) =>
      withPlan({ images_per_day: 1 }, async (free) => {
        const before = await newUserOf(free);
        assert.deepEqual(statusesOf(await atOnce(2, () => submit(before))), [202, 429]);
        const upgraded = await withNextToken(before, paid);
        assert.deepEqual(
          statusesOf(await atOnce(5, () => submit(upgraded))),
          [202, 202, 202, 429, 429],
        );
        const downgraded = await withNextToken(before, free);
        assertQuota([await submit(downgraded)], { limit: "images_per_day", used: 4, allowed: 1 });
        assert.deepEqual((await readAccount(downgraded)).images, { used: 4, allowed: 1, left: 0 });
        const [row] = await withDatabase((sql) =>
          sql<{ active: number }[]>`
            select count(*)::integer as active
            from public.tasks
            where user_id = ${before.id} and status = 'pending'
          `
        );
        assert.equal(row?.active, 4);
      }))
  );
});
