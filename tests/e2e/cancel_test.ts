import assert from "node:assert/strict";
import { canceledBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, signIn, submit, submitTo, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const IN_FIVE_MINUTES = new Date(Date.now() + 300_000);

async function cancel(user: User, id: string, path = "tasks"): Promise<Response> {
  return await fetch(`${stack.functionsUrl}/${path}/${id}`, {
    method: "DELETE",
    headers: headersOf(user.token),
  });
}

async function billedOf(response: Response): Promise<string> {
  assert.equal(response.status, 200, await response.clone().text());
  return canceledBody.parse(await response.json()).billed;
}

Deno.test("a task that has not started is canceled at no cost, as often as it is asked", async () => {
  const user = await signIn();
  await withLane("openai", { paused_until: IN_FIVE_MINUTES }, async () => {
    const prompt = `Canceled before ${crypto.randomUUID()}`;
    const id = await submit(user, { prompt });
    for (const path of ["tasks", "tasks-status", "tasks"]) {
      assert.equal(await billedOf(await cancel(user, id, path)), "no");
    }
    const status = await followToEnd(user, id);
    assert.equal(status.status, "canceled");
    assert.equal(status.error, undefined);
    assert.deepEqual(await effectsOf(id), {
      task: "canceled",
      assets: ["canceled"],
      calls: [],
      queued: 0,
      archived: 1,
    });
    assert.equal(await purchasesOf(prompt), 0);
  });
});

Deno.test("a task whose provider is being asked is canceled, and what it cost is known later", async () => {
  const user = await signIn();
  const prompt = `Canceled while ${crypto.randomUUID()}`;
  await withFaults([{ kind: "slow", times: 1, latency_ms: 4_000 }], async () => {
    const id = await submit(user, { prompt });
    await waitUntil("the call", async () => (await purchasesOf(prompt)) === 1);
    assert.equal(await billedOf(await cancel(user, id)), "maybe");
    assert.equal((await followToEnd(user, id)).status, "canceled");
    // The provider works on, so the worker waits for what it says, and makes no other call.
    await waitUntil("a worker without tasks", async () => {
      const [row] = await withDatabase((sql) =>
        sql`select count(*)::integer as count from private.workers`
      );
      return row?.["count"] === 0;
    });
    assert.deepEqual(await effectsOf(id), {
      task: "canceled",
      assets: ["canceled"],
      calls: ["succeeded"],
      queued: 0,
      archived: 1,
    });
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("work that a provider has accepted is canceled, and billed", async () => {
  const user = await signIn();
  const fault = { provider: "tripo", operation: "text-to-model", kind: "slow", times: 1 };
  await withFaults([{ ...fault, latency_ms: 8_000 }], async () => {
    const body = { provider: "tripo", prompt: `Canceled after ${crypto.randomUUID()}` };
    const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
    await waitUntil("the handle", async () => {
      const [row] = await withDatabase((sql) =>
        sql`select handle is not null as accepted from public.tasks where id = ${id}`
      );
      return row?.["accepted"] === true;
    });
    assert.equal(await billedOf(await cancel(user, id)), "yes");
    assert.equal((await followToEnd(user, id)).status, "canceled");
    assert.deepEqual(
      (await effectsOf(id)).calls,
      ["under way"],
      "it counts while the provider works",
    );
    await waitUntil("the end of the work", async () => (await effectsOf(id)).queued === 0, 30);
    const effects = await effectsOf(id);
    assert.deepEqual([effects.task, effects.assets, effects.calls], [
      "canceled",
      ["canceled"],
      ["succeeded"],
    ]);
    const [call] = await withDatabase((sql) =>
      sql`select cost_usd::float8 as cost from private.provider_calls where task_id = ${id}`
    );
    assert.equal(call?.["cost"], 0.2, "what it cost is in the ledger");
  });
});

Deno.test("a result that is there stays, and nobody cancels another's task", async () => {
  const [user, other] = await Promise.all([signIn(1), signIn(2)]);
  const id = await submit(user, {});
  await followToEnd(user, id);
  const late = await cancel(user, id);
  assert.deepEqual([late.status, (await late.json()).error], [409, "task_is_final"]);
  for (const foreign of [await cancel(other, id), await cancel(user, crypto.randomUUID())]) {
    assert.deepEqual([foreign.status, (await foreign.json()).error], [404, "not_found"]);
  }
  assert.equal((await followToEnd(user, id)).status, "complete");
});
