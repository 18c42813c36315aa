import assert from "node:assert/strict";
import { prefixOfApiKey } from "../../shared/auth/api_key_format.ts";
import { errorBody } from "../../shared/contract/responses.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { createKey } from "../support/keys.ts";
import { withLane } from "../support/lanes.ts";
import { type LimitChanges, withLimits } from "../support/limits.ts";
import { countTasksOf, type NewUser, newUser } from "../support/new_user.ts";
import { withDatabase } from "../support/stack.ts";

interface Options {
  readonly provider?: string;
  readonly apiKey?: string;
  readonly query?: string;
  readonly taskId?: string;
}

async function submit(
  { token }: NewUser,
  { provider = "openai", apiKey = SEED.apiKey, query = "", taskId = newTaskId() }: Options = {},
): Promise<Response> {
  const body = { task_id: taskId, provider, prompt: "A cube" };
  return await post(`text-to-image${query}`, body, headersOf(token, apiKey));
}

/** Beyond a cap is a 503 that says when to come back, and no amount. */
async function assertRefused(asked: Promise<Response>, words: RegExp): Promise<void> {
  const response = await asked;
  const { error, message } = errorBody.parse(await response.json());
  assert.deepEqual([response.status, error], [503, "unavailable"]);
  assert.match(message, words);
  assert.doesNotMatch(message, /\$|usd/i);
  assert.ok(Number(response.headers.get("retry-after")) >= 1);
}

async function assertAccepted(asked: Promise<Response>): Promise<void> {
  const response = await asked;
  const text = await response.text();
  assert.equal(response.status, 202, text);
}

/** Nothing starts. */
async function withClosedLanes(work: () => Promise<void>): Promise<void> {
  const closed = { paused_until: new Date(Date.now() + 300_000) };
  await withLane("openai", closed, () => withLane("stability", closed, work));
}

Deno.test("a key at its cap is refused, with all its users, and other apps go on", async () => {
  const [ann, bob] = [await newUser(), await newUser()];
  const apiKey = await createKey();
  await withDatabase((sql) =>
    sql`update private.api_keys set usd_per_day = 0 where prefix = ${prefixOfApiKey(apiKey)}`
  );
  await withClosedLanes(async () => {
    for (const user of [ann, bob]) {
      for (const query of ["", "?dry_run=true"]) {
        await assertRefused(submit(user, { apiKey, query }), /^This app .* spent .* try again at /);
      }
      await assertAccepted(submit(user));
    }
  });
  assert.deepEqual([await countTasksOf(ann), await countTasksOf(bob)], [1, 1]);
});

Deno.test("a provider at its cap is refused, and the others go on", async () => {
  const user = await newUser();
  await withClosedLanes(() =>
    withLane("openai", { usd_per_day: 0 }, async () => {
      await assertRefused(submit(user), /openai .* choose another provider, or try again at /);
      await assertAccepted(submit(user, { provider: "stability" }));
    })
  );
  assert.equal(await countTasksOf(user), 1);
});

Deno.test("a project at its cap accepts nothing new, and answers what it has accepted", async (t) => {
  const caps: Readonly<Record<string, LimitChanges>> = {
    day: { project_usd_per_day: 0 },
    month: { project_usd_per_month: 0 },
  };
  for (const [period, limits] of Object.entries(caps)) {
    await t.step(period, async () => {
      const user = await newUser();
      const taskId = newTaskId();
      await withClosedLanes(async () => {
        await assertAccepted(submit(user, { taskId }));
        await withLimits(limits, async () => {
          await assertRefused(submit(user), new RegExp(`in a ${period} is spent; try again at `));
          await assertAccepted(submit(user, { taskId }));
        });
        await assertAccepted(submit(user));
      });
      assert.equal(await countTasksOf(user), 2);
    });
  }
});
