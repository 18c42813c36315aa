import assert from "node:assert/strict";
import { type DryRunBody, dryRunBody, errorBody } from "../../shared/contract/responses.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { readAccount } from "../support/account.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { createKey } from "../support/keys.ts";
import { withLane } from "../support/lanes.ts";
import { type NewUser, newUser } from "../support/new_user.ts";
import { newUserOf, withPlan } from "../support/plans.ts";
import { withDatabase } from "../support/stack.ts";

const REQUEST = { provider: "openai", prompt: "A cube", n: 2 };

async function ask(
  { token }: NewUser,
  fields: Record<string, unknown> = {},
  { query = "?dry_run=true", apiKey = SEED.apiKey }: { query?: string; apiKey?: string } = {},
): Promise<{ status: number; body: unknown; retryAfter: string | null }> {
  const body = { task_id: newTaskId(), ...REQUEST, ...fields };
  const response = await post(`text-to-image${query}`, body, headersOf(token, apiKey));
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, body: await response.json(), retryAfter };
}

async function dryRun(user: NewUser, fields: Record<string, unknown> = {}): Promise<DryRunBody> {
  const { status, body } = await ask(user, fields);
  assert.equal(status, 200, JSON.stringify(body));
  return dryRunBody.strict().parse(body);
}

/** All that a submit of the user's could leave, in every table that has users, and in all counters. */
async function tracesOf({ id }: NewUser): Promise<unknown> {
  const [row] = await withDatabase((sql) =>
    sql`
      select
        (select count(*) from public.tasks where user_id = ${id}) as tasks,
        (select count(*) from public.concept_images where user_id = ${id}) as images,
        (select coalesce(sum(used_usd), 0) from private.user_spending where user_id = ${id}) as usd,
        (select coalesce(sum(images), 0) from private.user_spending where user_id = ${id}) as used
    `
  );
  return { ...row };
}

const NOTHING = { tasks: "0", images: "0", usd: "0", used: "0" };

/** Nothing starts. */
async function withClosedLane(work: () => Promise<void>): Promise<void> {
  await withLane("openai", { paused_until: new Date(Date.now() + 300_000) }, work);
}

Deno.test("a dry run tells what the submit then reserves, and leaves nothing", async () => {
  await withClosedLane(() =>
    withPlan({ images_per_day: 10, usd_per_day: 5 }, async (plan) => {
      const user = await newUserOf(plan);
      const body = await dryRun(user);
      assert.deepEqual(await tracesOf(user), NOTHING);
      assert.deepEqual(body.quota, await readAccount(user));
      assert.deepEqual(body.quota.images, { used: 0, allowed: 10, left: 10 });
      assert.ok(body.estimate_usd > 0);
      assert.equal(body.replayed, undefined);

      assert.equal((await ask(user, {}, { query: "" })).status, 202);
      const { images, usd } = (await dryRun(user)).quota;
      assert.deepEqual(images, { used: 2, allowed: 10, left: 8 });
      assert.equal(usd.used, body.estimate_usd);
    })
  );
});

Deno.test("dry runs count for nothing, in whichever limit", async () => {
  await withClosedLane(() =>
    withPlan({ images_per_day: 2 }, async (plan) => {
      const user = await newUserOf(plan);
      const apiKey = await createKey("--per-minute", "1");
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => ask(user, {}, { query: "?dry_run=true", apiKey })),
      );
      assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(200));
      assert.equal((await ask(user, {}, { query: "", apiKey })).status, 202);
      const [dry, wet] = [await ask(user, {}), await ask(user, {}, { query: "" })];
      assert.deepEqual([dry.status, wet.status], [429, 429]);
      const [left, right] = [errorBody.parse(dry.body), errorBody.parse(wet.body)];
      assert.deepEqual({ ...left, request_id: "" }, { ...right, request_id: "" });
      assert.equal(left.error, "quota_exceeded");
    })
  );
});

Deno.test("a dry run of what was accepted names its task, and of another request is a conflict", async () => {
  await withClosedLane(async () => {
    const user = await newUser();
    const task_id = newTaskId();
    const { body: accepted } = await ask(user, { task_id }, { query: "" });
    const { replayed, celery_task_id, estimate_usd } = await dryRun(user, { task_id });
    assert.deepEqual(
      [replayed, celery_task_id, estimate_usd],
      [true, Object(accepted).celery_task_id, 0],
    );
    assert.equal((await ask(user, { task_id, n: 1 })).status, 409);
  });
});

Deno.test("a file that is not there is refused by a dry run, too", async () => {
  const user = await newUser();
  const response = await post("image-to-image?dry_run=true", {
    task_id: newTaskId(),
    ...REQUEST,
    input_image_asset_url: `http://127.0.0.1/storage/v1/object/authenticated/inputs/x.png`,
  }, headersOf(user.token));
  assert.deepEqual([response.status, (await response.json()).error], [400, "invalid_asset"]);
  assert.deepEqual(await tracesOf(user), NOTHING);
});
