import assert from "node:assert/strict";
import type { StatusBody } from "../../shared/contract/responses.ts";
import { readStatus, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE, skipDelay } from "../support/effects.ts";
import { uploadPicture } from "../support/inputs.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

async function start(user: User, provider: "tripo" | "flux", prompt: string): Promise<string> {
  const [operation, input] = provider === "tripo"
    ? ["text-to-model", {}] as const
    : ["image-to-image", {
      input_image_asset_url: await uploadPicture(user, "ended.png"),
    }] as const;
  return (await submitTo(user, operation, { provider, prompt, ...input })).celery_task_id;
}

/** Follows a task to its end without waiting for the delays that its failures ask for. */
async function rush(user: User, id: string): Promise<StatusBody> {
  return await waitUntil(`the end of task ${id}`, async () => {
    const status = await readStatus(user, id);
    if (status.finished_at !== undefined) return status;
    const [row] = await withDatabase((sql) =>
      sql`select lease_expires_at is null as waits from public.tasks where id = ${id}`
    );
    if (row?.["waits"]) await skipDelay(id);
  });
}

Deno.test("a job that the service ended for its own reasons, unbilled, is ordered once more", async (t) => {
  const user = await signIn();
  const cases = [
    ["tripo", "sim:failed-1001", "provider_unavailable"],
    ["tripo", "sim:expired", "timeout"],
    ["flux", "sim:error", "provider_unavailable"],
  ] as const;
  for (const [provider, word, errorCode] of cases) {
    await t.step(`${provider} ${word} once`, async () => {
      const prompt = `${word}-once ${crypto.randomUUID()}`;
      const id = await start(user, provider, prompt);
      assert.equal((await rush(user, id)).status, "complete");
      assert.deepEqual(await effectsOf(id), {
        ...ONE_COMPLETE_IMAGE,
        calls: ["failed", "succeeded"],
      });
      assert.equal(await purchasesOf(prompt), 1);
    });
    await t.step(`${provider} ${word} for ever`, async () => {
      const prompt = `${word} ${crypto.randomUUID()}`;
      const id = await start(user, provider, prompt);
      const { status, error_code } = await rush(user, id);
      assert.deepEqual([status, error_code], ["failed", errorCode]);
      assert.deepEqual((await effectsOf(id)).calls, ["failed", "failed"]);
      assert.equal(await purchasesOf(prompt), 0);
    });
  }
});

Deno.test("a result on a host that is not listed is asked for until the deadline, and the operator is told", async () => {
  const user = await signIn();
  const host = "cdn.tripo-new.example";
  const prompt = `sim:other-host ${crypto.randomUUID()}`;
  const id = await start(user, "tripo", prompt);
  try {
    // More often than a result that is no good is asked for.
    for (let times = 1; times <= 5; times++) {
      await waitUntil(`failed poll ${times}`, async () => {
        const [row] = await withDatabase((sql) =>
          sql`select failed_attempts from public.tasks where id = ${id}`
        );
        return Number(row?.["failed_attempts"]) >= times;
      });
      await skipDelay(id);
    }
    const [alert] = await withDatabase((sql) =>
      sql`select severity from monitoring.alerts() where subject = ${`tripo ${host}`}`
    );
    assert.equal(alert?.["severity"], "critical");
    assert.equal((await readStatus(user, id)).status, "processing");

    await withDatabase((sql) => sql`update public.tasks set deadline_at = now() where id = ${id}`);
    const { status, error_code } = await rush(user, id);
    assert.deepEqual([status, error_code], ["failed", "timeout"]);
    // The provider is asked on, for what the work has cost.
    await waitUntil("the end of the work", async () => (await effectsOf(id)).queued === 0);
    assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);
    assert.equal(await purchasesOf(prompt), 1);
  } finally {
    await withDatabase((sql) => sql`delete from private.unlisted_hosts where host = ${host}`);
  }
});
