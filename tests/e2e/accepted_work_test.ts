import assert from "node:assert/strict";
import type { StatusBody } from "../../shared/contract/responses.ts";
import { followToEnd, readStatus, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE, skipDelay } from "../support/effects.ts";
import { uploadPicture } from "../support/inputs.ts";
import { type Fault, purchasesOf, withFaults } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";
import { killWorkers } from "../support/workers.ts";

/** What is asked of each provider that accepts work first, and is asked for the result later. */
const REQUESTS = {
  tripo: { operation: "text-to-model" },
  flux: { operation: "image-to-image", input: "input_image_asset_url" },
  recraft: { operation: "text-to-image" },
} as const;

type AskedProvider = keyof typeof REQUESTS;

async function start(user: User, provider: AskedProvider, prompt: string): Promise<string> {
  const { operation, ...rest } = REQUESTS[provider];
  const input = "input" in rest ? { [rest.input]: await uploadPicture(user, "accepted.png") } : {};
  return (await submitTo(user, operation, { provider, prompt, ...input })).celery_task_id;
}

async function isAccepted(id: string): Promise<boolean> {
  const [row] = await withDatabase((sql) =>
    sql`select handle is not null as accepted from public.tasks where id = ${id}`
  );
  return row?.["accepted"] === true;
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

async function runWith(
  provider: AskedProvider,
  fault: Omit<Fault, "provider">,
): Promise<StatusBody & { purchases: number; calls: readonly string[] }> {
  const user = await signIn();
  const prompt = `${fault.kind} ${fault.operation} ${crypto.randomUUID()}`;
  return await withFaults([{ ...fault, provider }], async () => {
    const id = await start(user, provider, prompt);
    const status = await rush(user, id);
    const { calls } = await effectsOf(id);
    return { ...status, calls, purchases: await purchasesOf(prompt) };
  });
}

Deno.test("whatever goes wrong with accepted work, it is bought once and ends complete", async (t) => {
  const cases: readonly (readonly [AskedProvider, Omit<Fault, "provider">])[] = [
    ["tripo", { operation: "poll", kind: "server_error", times: 6 }],
    ["tripo", { operation: "poll", kind: "rate_limited", times: 2 }],
    ["tripo", { operation: "poll", kind: "disconnect", times: 2 }],
    ["tripo", { operation: "poll", kind: "invalid_json", times: 2 }],
    ["tripo", { operation: "download", kind: "refused", times: 2 }],
    ["tripo", { operation: "download", kind: "server_error", times: 2 }],
    ["tripo", { operation: "download", kind: "empty_file", times: 1 }],
    ["tripo", { operation: "download", kind: "disconnect", times: 1 }],
    ["flux", { operation: "poll", kind: "server_error", times: 6 }],
    ["flux", { operation: "download", kind: "server_error", times: 2 }],
    ["recraft", { operation: "download", kind: "server_error", times: 2 }],
    ["recraft", { operation: "download", kind: "disconnect", times: 1 }],
  ];
  for (const [provider, fault] of cases) {
    await t.step(`${provider}: ${fault.operation} ${fault.kind}`, async () => {
      const { status, calls, purchases } = await runWith(provider, fault);
      assert.deepEqual({ status, calls, purchases }, {
        status: "complete",
        calls: ["succeeded"],
        purchases: 1,
      });
    });
  }
});

Deno.test("an upload that fails costs nothing and is tried again", async () => {
  const user = await signIn();
  const before = await uploadPicture(user, "upload-fails.png");
  const faults = [{ provider: "tripo", operation: "upload", kind: "server_error", times: 2 }];
  await withFaults(faults, async () => {
    const body = { provider: "tripo", input_image_asset_urls: [before] };
    const { celery_task_id: id } = await submitTo(user, "image-to-model", body);
    assert.equal((await rush(user, id)).status, "complete");
    assert.deepEqual((await effectsOf(id)).calls, ["failed", "failed", "succeeded"]);
  });
});

Deno.test("a result that stays dead ends the task, and is not bought again", async () => {
  const fault = { operation: "download", kind: "refused", times: 9 };
  const { status, error_code, calls, purchases } = await runWith("flux", fault);
  assert.deepEqual({ status, error_code, calls, purchases }, {
    status: "failed",
    error_code: "invalid_result",
    calls: ["ambiguous"],
    purchases: 1,
  });
});

Deno.test("a worker killed while the provider works loses nothing and buys nothing twice", async () => {
  const user = await signIn();
  const prompt = `Killed ${crypto.randomUUID()}`;
  const fault = { provider: "tripo", operation: "text-to-model", kind: "slow", times: 1 };
  await withFaults([{ ...fault, latency_ms: 3_000 }], async () => {
    const id = await start(user, "tripo", prompt);
    await waitUntil("the handle", () => isAccepted(id));
    await killWorkers();
    assert.equal((await followToEnd(user, id, 40)).status, "complete");
    assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
    assert.equal(await purchasesOf(prompt), 1);
  });
});

Deno.test("the provider's progress reaches the app", async (t) => {
  const user = await signIn();
  for (const provider of ["tripo", "flux"] as const) {
    await t.step(provider, async () => {
      const { operation } = REQUESTS[provider];
      const fault = { provider, operation, kind: "slow", times: 1, latency_ms: 6_000 };
      await withFaults([fault], async () => {
        const id = await start(user, provider, `Progress ${crypto.randomUUID()}`);
        const seen = new Set<number>();
        await waitUntil("the end", async () => {
          const { progress, status } = await readStatus(user, id);
          if (progress !== undefined) seen.add(progress);
          return status === "complete";
        });
        const steps = [...seen];
        assert.ok(steps.length >= 2, `Seen ${steps}`);
        assert.deepEqual(steps, [...steps].sort((left, right) => left - right));
      });
    });
  }
});

Deno.test("content that is refused while the provider works is final, and costs nothing", async (t) => {
  const user = await signIn();
  for (const provider of ["tripo", "flux"] as const) {
    await t.step(provider, async () => {
      const prompt = `sim:moderated-output ${crypto.randomUUID()}`;
      const id = await start(user, provider, prompt);
      const { status, error_code } = await rush(user, id);
      assert.deepEqual([status, error_code], ["failed", "content_refused"]);
      assert.deepEqual((await effectsOf(id)).calls, ["failed"]);
      assert.equal(await purchasesOf(prompt), 0);
    });
  }
});
