import assert from "node:assert/strict";
import { readAccount } from "../support/account.ts";
import { headersOf, newTaskId, post } from "../support/client.ts";
import { newUser } from "../support/new_user.ts";
import { newUserOf, withPlan } from "../support/plans.ts";
import { stack, withDatabase } from "../support/stack.ts";

const url = `${stack.functionsUrl}/account`;

Deno.test("a user is told the plan with all of its limits, and nothing used yet", async () => {
  await withPlan({ images_per_day: 10, usd_per_day: 0.5 }, async (plan) => {
    const { resets_at, ...account } = await readAccount(await newUserOf(plan));
    assert.deepEqual(account, {
      plan,
      images: { used: 0, allowed: 10, left: 10 },
      models: { used: 0, allowed: null, left: null },
      usd: { used: 0, allowed: 0.5, left: 0.5 },
      active_tasks: { used: 0, allowed: null, left: null },
      submits_per_minute: null,
    });
    assert.match(resets_at, /T00:00:00\.000Z$/);
  });
});

Deno.test("the account is told to its user only, through an app that has a key", async () => {
  const user = await newUser();
  const cases: readonly (readonly [status: number, headers: Record<string, string>])[] = [
    [401, {}],
    [401, { ...headersOf(user.token), "X-API-Key": "" }],
    [401, headersOf("x.y.z")],
    [403, headersOf((await newUser({ is_anonymous: true })).token)],
    [200, headersOf(user.token)],
  ];
  for (const [status, headers] of cases) {
    const response = await fetch(url, { headers });
    await response.body?.cancel();
    assert.equal(response.status, status);
  }
});

Deno.test("a blocked user is not told", async () => {
  const user = await newUser();
  await withDatabase((sql) => sql`select private.block_user(${user.id}::uuid, 'test')`);
  const response = await fetch(url, { headers: headersOf(user.token) });
  assert.deepEqual([response.status, await response.json()], [
    403,
    { error: "forbidden", message: "This account is blocked" },
  ]);
});

Deno.test("of a user who is gone nothing is told, and nothing is tried", async () => {
  const user = await newUser();
  await withDatabase((sql) => sql`delete from auth.users where id = ${user.id}`);
  const body = { task_id: newTaskId(), provider: "openai", prompt: "A cube" };
  const headers = headersOf(user.token);
  for (
    const response of [
      await fetch(url, { headers }),
      await post("text-to-image?dry_run=true", body, headers),
      await post("text-to-image", body, headers),
    ]
  ) {
    assert.deepEqual([response.status, await response.json()], [
      401,
      { error: "unauthorized", message: "Missing or invalid token" },
    ]);
  }
});
