import assert from "node:assert/strict";
import {
  faultsBody,
  killedBody,
  orderedFault,
  restartedBody,
} from "../../tools/local/stack/control/bodies.ts";
import { followToEnd, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { callsWith, control, controlled } from "../support/gateway_control.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

async function submit(user: User, provider: string, prompt: string): Promise<string> {
  return (await submitTo(user, "text-to-image", { provider, prompt })).celery_task_id;
}

async function order(fault: Record<string, unknown>): Promise<void> {
  await controlled(orderedFault, "POST", "/_faults", { provider: "openai", times: 1, ...fault });
}

async function startOfPostgres(): Promise<unknown> {
  return await withDatabase(async (sql) => (await sql`select pg_postmaster_start_time()`)[0]);
}

Deno.test("an ordered fault is met once, and its call is billed once", async () => {
  const [user, prompt] = [await signIn(), `Refused once ${crypto.randomUUID()}`];
  await order({ provider: "stability", operation: "text-to-image", kind: "server_error" });
  const { faults, kinds, providers } = await controlled(faultsBody, "GET", "/_faults");
  assert.deepEqual(faults, [
    { provider: "stability", times: 1, operation: "text-to-image", kind: "server_error" },
  ]);
  assert.ok(kinds.some(({ kind, billed }) => kind === "slow" && billed));
  assert.ok(providers.every(({ simulated }) => simulated));

  const id = await submit(user, "stability", prompt);
  assert.equal((await followToEnd(user, id)).status, "complete");
  const [call, ...others] = await callsWith(prompt);
  assert.deepEqual(others, []);
  assert.deepEqual([call?.task_id, call?.outcome, call?.billable], [id, "succeeded", true]);
  assert.deepEqual((await controlled(faultsBody, "GET", "/_faults")).faults, []);
});

Deno.test("what is ordered is forgotten, and is met by nobody", async () => {
  const [user, prompt] = [await signIn(), `Not refused ${crypto.randomUUID()}`];
  await order({ kind: "refused" });
  assert.equal((await control("DELETE", "/_faults")).status, 204);
  const id = await submit(user, "openai", prompt);
  assert.equal((await followToEnd(user, id)).status, "complete");
});

Deno.test("a killed worker may cost a second call, and the calls say why", async () => {
  const [user, prompt] = [await signIn(), `Killed ${crypto.randomUUID()}`];
  await order({ kind: "slow", latency_ms: 60_000 });
  const id = await submit(user, "openai", prompt);
  const [underWay] = await waitUntil("the purchase", async () => {
    const calls = await callsWith(prompt);
    return calls.length > 0 && calls;
  });
  assert.deepEqual([underWay?.task_id, underWay?.outcome], [id, "under way"]);
  const { killed } = await controlled(killedBody, "POST", "/_worker/kill", {});
  assert.ok(killed >= 1, "the isolate that had the task");

  assert.equal((await followToEnd(user, id, 60)).status, "complete");
  const calls = await callsWith(prompt);
  assert.deepEqual(
    calls.map(({ task_id, outcome }) => [task_id, outcome]),
    [[id, "succeeded"], [id, "ambiguous"]],
  );
  const { assets, task } = await effectsOf(id);
  assert.deepEqual([task, assets], ["complete", ["complete"]]);
});

Deno.test("Postgres that is restarted comes back by itself, and costs no second call", async () => {
  const [user, prompt] = [await signIn(), `Restarted ${crypto.randomUUID()}`];
  await order({ kind: "slow", latency_ms: 3_000 });
  const id = await submit(user, "openai", prompt);
  await waitUntil("the purchase", async () => (await callsWith(prompt)).length === 1);
  const before = await startOfPostgres();
  await controlled(restartedBody, "POST", "/_postgres/restart", {});
  assert.notDeepEqual(await startOfPostgres(), before);
  // Connections that the restart cut are made anew.
  await waitUntil("an answer", () => effectsOf(id).catch(() => undefined));
  assert.equal((await followToEnd(user, id, 60)).status, "complete");
  assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
  assert.equal((await callsWith(prompt)).length, 1);
});
