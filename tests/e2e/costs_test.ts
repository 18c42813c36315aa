import assert from "node:assert/strict";
import { prefixOfApiKey } from "../../shared/auth/api_key_format.ts";
import { statusBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, signIn, submit, type User } from "../support/client.ts";
import { createKey } from "../support/keys.ts";
import { withLane } from "../support/lanes.ts";
import { stack, withDatabase } from "../support/stack.ts";

/** A key of an app that may see what tasks have cost. */
async function createSeeingKey(): Promise<string> {
  const key = await createKey();
  await withDatabase((sql) =>
    sql`update private.api_keys set sees_costs = true where prefix = ${prefixOfApiKey(key)}`
  );
  return key;
}

async function costOf({ token }: User, id: string, apiKey?: string): Promise<number | undefined> {
  const url = `${stack.functionsUrl}/tasks/${id}/status`;
  const response = await fetch(url, { headers: headersOf(token, apiKey) });
  return statusBody.strict().parse(await response.json()).cost_usd;
}

/** What the ledger says that all calls of a task have cost. */
async function billOf(id: string): Promise<number | undefined> {
  const [row] = await withDatabase((sql) =>
    sql<{ usd: number }[]>`select private.task_cost_usd(${id}::uuid)::float8 as usd`
  );
  return row?.usd;
}

Deno.test("an app that may see costs is told what a task has cost once it has ended, and others never", async () => {
  const user = await signIn();
  const apiKey = await createSeeingKey();
  let id = "";
  await withLane("openai", { paused_until: new Date(Date.now() + 300_000) }, async () => {
    id = await submit(user);
    assert.equal(await costOf(user, id, apiKey), undefined, "not yet");
  });
  await followToEnd(user, id);
  const cost = await costOf(user, id, apiKey);
  assert.ok(cost !== undefined && cost > 0);
  assert.equal(cost, await billOf(id));
  assert.equal(await costOf(user, id, await createKey()), undefined, "another app");
});

Deno.test("what was canceled before a call has cost nothing", async () => {
  const user = await signIn();
  const apiKey = await createSeeingKey();
  await withLane("openai", { paused_until: new Date(Date.now() + 300_000) }, async () => {
    const id = await submit(user);
    const url = `${stack.functionsUrl}/tasks/${id}`;
    const canceled = await fetch(url, { method: "DELETE", headers: headersOf(user.token) });
    await canceled.body?.cancel();
    assert.equal(await costOf(user, id, apiKey), 0);
  });
});
