import assert from "node:assert/strict";
import type { OperatorRequest } from "../../shared/contract/operator/requests.ts";
import { headersOf } from "../support/client.ts";
import { type NewUser, newUser, tokenOf } from "../support/new_user.ts";
import { askOperator, newOperator, operateAs } from "../support/operator.ts";
import { stack, withDatabase } from "../support/stack.ts";

const ROLE = { app_metadata: { role: "operator" } };
const DENIED = [403, {
  error: "forbidden",
  message: "Only operators may do this: users with app_metadata.role = 'operator'",
}];

/** What would be seen of anything that was done. */
async function traces(): Promise<unknown> {
  return await withDatabase(async (sql) =>
    await sql`
      select
        (select count(*)::integer from private.operator_actions) as actions,
        (select count(*)::integer from private.blocked_users) as blocked,
        (select paused_since from private.submit_pause) as paused,
        (select jsonb_agg(lanes order by provider) from private.lanes) as lanes,
        (select to_jsonb(limits) from private.limits) as limits
    `
  );
}

/** Nothing is seen or done with these headers: each thing an operator may do is tried. */
async function assertNothing(
  headers: Record<string, string>,
  refusal: readonly unknown[],
  victim: NewUser,
): Promise<void> {
  const requests: readonly (OperatorRequest | undefined)[] = [
    undefined,
    { action: "pause_lane", provider: "openai" },
    { action: "resume_lane", provider: "openai" },
    { action: "pause_submits" },
    { action: "resume_submits" },
    { action: "block_user", user: victim.id, reason: "x" },
    { action: "unblock_user", user: victim.id },
    { action: "set_budgets", project_usd_per_day: 0 },
  ];
  const before = await traces();
  for (const request of requests) {
    const response = await askOperator(headers, request);
    assert.deepEqual([response.status, await response.json()], refusal, JSON.stringify(request));
  }
  assert.deepEqual(await traces(), before);
}

async function setUser({ id }: NewUser, columns: Record<string, unknown>): Promise<void> {
  const values = Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      value instanceof Date ? value : JSON.stringify(value),
    ]),
  );
  await withDatabase((sql) => sql`update auth.users set ${sql(values)} where id = ${id}`);
}

Deno.test("an ordinary user sees and does nothing by requests made by hand", async (t) => {
  const [mallory, victim] = [await newUser(), await newUser()];
  await setUser(mallory, { raw_user_meta_data: { role: "operator" } });
  const tokens = {
    "a token without the role": mallory.token,
    "a role that the user has written": await tokenOf(mallory.id, {
      user_metadata: ROLE.app_metadata,
    }),
    "a token that says more than Auth knows": await tokenOf(mallory.id, ROLE),
  };
  for (const [name, token] of Object.entries(tokens)) {
    await t.step(name, () => assertNothing(headersOf(token), DENIED, victim));
  }
});

Deno.test("without a good token or without a key an operator sees and does nothing", async (t) => {
  const [olga, victim] = [await newOperator(), await newUser()];
  const { Authorization: _, ...keyAlone } = headersOf(olga.token);
  const token = [401, { error: "unauthorized", message: "Missing or invalid token" }];
  await t.step("a key alone", () => assertNothing(keyAlone, token, victim));
  const expired = headersOf(await tokenOf(olga.id, ROLE, "-1h"));
  await t.step("an expired token", () => assertNothing(expired, token, victim));
  const key = [401, { error: "unauthorized", message: "Missing or invalid API key" }];
  await t.step("no key", () => assertNothing(headersOf(olga.token, ""), key, victim));
  const secret = { ...keyAlone, apikey: stack.secrets.secretKey };
  await t.step("the project's secret key", () => assertNothing(secret, token, victim));
});

Deno.test("who is an operator no more is none at once, whatever the token says", async (t) => {
  const victim = await newUser();
  const ends: Readonly<Record<string, (olga: NewUser) => Promise<unknown>>> = {
    "the role is taken away": (olga) => setUser(olga, { raw_app_meta_data: { role: "user" } }),
    "banned in Auth": (olga) => setUser(olga, { banned_until: new Date(Date.now() + 3_600_000) }),
    "blocked by another operator": async (olga) =>
      await operateAs(await newOperator(), { action: "block_user", user: olga.id, reason: "Gone" }),
    "deleted": (olga) => withDatabase((sql) => sql`delete from auth.users where id = ${olga.id}`),
  };
  for (const [name, end] of Object.entries(ends)) {
    await t.step(name, async () => {
      const olga = await newOperator();
      await operateAs(olga, { action: "resume_submits" });
      await end(olga);
      await assertNothing(headersOf(olga.token), DENIED, victim);
    });
  }
});

Deno.test("nobody locks themselves out", async () => {
  const olga = await newOperator();
  const request = { action: "block_user", user: olga.id, reason: "A slip" };
  const response = await askOperator(headersOf(olga.token), request);
  const { message, details } = await response.json();
  assert.deepEqual([response.status, message], [400, "This is you: nobody blocks themselves"]);
  assert.equal(details[0].field, "user");
  await operateAs(olga, { action: "resume_submits" });
});

Deno.test("the log is no app's to read or write, by no key", async () => {
  const olga = await newOperator();
  for (const apikey of [stack.secrets.publishableKey, stack.secrets.secretKey]) {
    const response = await fetch(`${stack.projectUrl}/rest/v1/operator_actions`, {
      headers: {
        apikey,
        authorization: `Bearer ${apikey.startsWith("sb_secret") ? apikey : olga.token}`,
        "accept-profile": "private",
      },
    });
    await response.body?.cancel();
    assert.ok(response.status >= 400, `${response.status}`);
  }
});
