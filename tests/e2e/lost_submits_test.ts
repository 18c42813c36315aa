import assert from "node:assert/strict";
import type { StatusBody } from "../../shared/contract/responses.ts";
import { followToEnd, readStatus, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { uploadPicture } from "../support/inputs.ts";
import { type Fault, purchasesOf, readPurchases, withFaults } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";
import { killWorkers } from "../support/workers.ts";

async function start(user: User, prompt: string): Promise<string> {
  return (await submitTo(user, "text-to-model", { provider: "tripo", prompt })).celery_task_id;
}

/** Follows a task to its end without waiting for the times at which its call is looked for. */
async function rush(user: User, id: string): Promise<StatusBody> {
  return await waitUntil(`the end of task ${id}`, async () => {
    const status = await readStatus(user, id);
    if (status.finished_at !== undefined) return status;
    await withDatabase((sql) =>
      sql`
        update public.tasks set lease_expires_at = clock_timestamp()
        where id = ${id} and lost_at is not null
      `
    );
  });
}

/** What the task has counted in budgets, beside the estimate of one call. */
async function reservedOf(
  id: string,
): Promise<{ readonly reserved: string; readonly one: string }> {
  const [row] = await withDatabase((sql) =>
    sql<{ reserved: string; one: string }[]>`
      select reserved_usd as reserved, estimate_usd as one from public.tasks where id = ${id}
    `
  );
  assert.ok(row);
  return row;
}

Deno.test("a model whose order got lost on the way back is found in the list, and bought once", async (t) => {
  const user = await signIn();
  for (const word of ["sim:lost", "sim:lost-500", "sim:lost-408", "sim:lost-504"]) {
    await t.step(word, async () => {
      const prompt = `${word} ${crypto.randomUUID()}`;
      const id = await start(user, prompt);
      assert.equal((await rush(user, id)).status, "complete");
      assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
      assert.equal(await purchasesOf(prompt), 1);
      const { reserved, one } = await reservedOf(id);
      assert.ok(Number(reserved) <= Number(one));
    });
  }
  for (const kind of ["disconnect", "invalid_json"]) {
    await t.step(`${kind}, of a picture`, async () => {
      const name = `lost-${crypto.randomUUID()}.png`;
      const picture = await uploadPicture(user, name);
      const before = (await readPurchases()).length;
      const fault: Fault = { provider: "tripo", operation: "image-to-model", kind, times: 1 };
      await withFaults([fault], async () => {
        const body = { provider: "tripo", input_image_asset_urls: [picture] };
        const { celery_task_id: id } = await submitTo(user, "image-to-model", body);
        assert.equal((await rush(user, id)).status, "complete");
        assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
        assert.equal((await readPurchases()).length - before, 1);
      });
    });
  }
});

Deno.test("a worker that is killed before the order is answered loses nothing", async () => {
  const user = await signIn();
  const prompt = `Killed ${crypto.randomUUID()}`;
  const fault: Fault = {
    provider: "tripo",
    operation: "text-to-model",
    kind: "timeout",
    times: 1,
  };
  await withFaults([fault], async () => {
    const id = await start(user, prompt);
    await waitUntil("the order", async () => await purchasesOf(prompt) === 1);
    await killWorkers();
    assert.equal((await followToEnd(user, id, 60)).status, "complete");
    assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("where the list does not show what runs, the outcome is unknown, and nothing is bought again", async () => {
  const user = await signIn();
  const prompt = `sim:lost-stuck sim:listed-late ${crypto.randomUUID()}`;
  const id = await start(user, prompt);
  const { status, error_code } = await rush(user, id);
  assert.deepEqual([status, error_code], ["failed", "outcome_unknown"]);
  const { calls, queued } = await effectsOf(id);
  assert.deepEqual({ calls, queued }, { calls: ["ambiguous"], queued: 0 });
  assert.equal(await purchasesOf(prompt), 1);
  const { reserved, one } = await reservedOf(id);
  assert.equal(reserved, one);
});

Deno.test("what is in the list late is found late", async () => {
  const user = await signIn();
  const prompt = `sim:lost sim:listed-late ${crypto.randomUUID()}`;
  const id = await start(user, prompt);
  assert.equal((await rush(user, id)).status, "complete");
  assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);
  assert.equal(await purchasesOf(prompt), 1);
});
