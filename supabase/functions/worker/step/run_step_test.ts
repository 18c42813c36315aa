import assert from "node:assert/strict";
import { type Adapter, bytesOutput, type Progress } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Outcome } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { files } from "../../../../testing/files.ts";
import { anAdapter, call, errorCodes, RETRYABLE } from "../../../../testing/steps.ts";
import { bytesOf } from "../../../../testing/streams.ts";
import { runStep, type StepDependencies } from "./run_step.ts";
import { createSaveResults } from "./save_results.ts";

const signal = new AbortController().signal;
const saveResults = createSaveResults({
  save: (path, body) => bytesOf(body).then(() => `stored:${path}`),
}, []);

const readAsset = (): Promise<never> => Promise.reject(new Error("No step of these reads one"));

function answering(bytes: Uint8Array<ArrayBuffer>): Adapter {
  const answer: Progress = { state: "succeeded", outputs: [bytesOutput(bytes)], call };
  return anAdapter({ submit: () => Promise.resolve(answer) }).adapter;
}

function failing(error: unknown): Adapter {
  return anAdapter({ submit: () => Promise.reject(error) }).adapter;
}

function step(
  adapter: Adapter | undefined,
  claim: Parameters<typeof aClaim>[0] = {},
  changes: Partial<StepDependencies> = {},
): Promise<Outcome> {
  return runStep(aClaim(claim), signal, {
    findAdapter: () => adapter,
    saveResults,
    ownParameters: ({ parameters }) => Promise.resolve(parameters),
    readAsset,
    endUser: (userId) => `pseudonym of ${userId}`,
    markCallSent: () => Promise.resolve(),
    random: () => 0.5,
    now: () => new Date("2026-11-23T12:00:00Z"),
    ...changes,
  });
}

Deno.test("a generation whose results are stored completes the task", async () => {
  const { userId, taskId } = aClaim();
  assert.deepEqual(await step(answering(files.png)), {
    kind: "complete",
    assetUrls: [`stored:${userId}/concepts/${taskId}/0.png`],
    call: { outcome: "succeeded", ...call },
  });
});

Deno.test("a model is stored as a model", async () => {
  const { userId, taskId } = aClaim();
  const outcome = await step(answering(files.glb), { operation: "image-to-model" });
  assert.deepEqual(outcome.kind === "complete" && outcome.assetUrls, [
    `stored:${userId}/models/${taskId}/0.glb`,
  ]);
});

Deno.test("the provider is asked with the claim's parameters and a pseudonym", async () => {
  const { adapter, submits } = anAdapter({
    submit: () => Promise.reject(new ProviderError("timeout", "x")),
  });
  await step(adapter);
  const { parameters, userId } = aClaim();
  assert.deepEqual(
    submits.map(([asked, { markSent: _, ...context }]) => [asked, context]),
    [[parameters, { signal, endUser: `pseudonym of ${userId}`, readAsset }]],
  );
});

Deno.test("a provider's error fails the task or is tried again", async (t) => {
  for (const code of errorCodes) {
    const kind = RETRYABLE[code] ? "retry" : "fail";
    await t.step(`${code}: ${kind}`, async () => {
      const error = new ProviderError(code, "Words", { providerRequestId: "req_9" });
      assert.deepEqual(await step(failing(error)), {
        kind,
        errorCode: code,
        detail: "Words",
        ...(kind === "retry" && { delaySeconds: 5 }),
        call: { outcome: "failed", providerRequestId: "req_9" },
      });
    });
  }
});

Deno.test("an error that is final fails the task, whatever its code", async (t) => {
  for (const code of errorCodes) {
    await t.step(code, async () => {
      const outcome = await step(failing(new ProviderError(code, "Words", { final: true })));
      assert.deepEqual([outcome.kind, outcome.call], ["fail", { outcome: "failed" }]);
    });
  }
});

Deno.test("the fourth failed attempt is the last", async (t) => {
  const error = new ProviderError("provider_unavailable", "Words");
  const cases = [[0, "retry"], [1, "retry"], [2, "retry"], [3, "fail"], [7, "fail"]] as const;
  for (const [failedAttempts, kind] of cases) {
    await t.step(`${failedAttempts} before`, async () => {
      assert.equal((await step(failing(error), { failedAttempts })).kind, kind);
    });
  }
});

Deno.test("the delay grows with the attempts and heeds the provider", async () => {
  const plain = failing(new ProviderError("provider_unavailable", "x"));
  const asking = failing(
    new ProviderError("provider_rate_limited", "x", { retryAfterSeconds: 77 }),
  );
  const delays = await Promise.all([
    step(plain, { failedAttempts: 0 }),
    step(plain, { failedAttempts: 1 }),
    step(plain, { failedAttempts: 2 }),
    step(asking, { failedAttempts: 0 }),
  ]);
  assert.deepEqual(
    delays.map((outcome) => outcome.kind === "retry" && outcome.delaySeconds),
    [5, 15, 45, 77],
  );
});

Deno.test("a call of unknown outcome is unknown in the ledger", async (t) => {
  const error = new ProviderError("timeout", "x", { ambiguous: true });
  for (const [failedAttempts, kind] of [[0, "retry"], [3, "fail"]] as const) {
    await t.step(kind, async () => {
      const outcome = await step(failing(error), { failedAttempts });
      assert.deepEqual([outcome.kind, outcome.call], [kind, { outcome: "ambiguous" }]);
    });
  }
});

Deno.test("results that cannot be stored fail the task, and the call is paid", async () => {
  const storage = createSaveResults({ save: () => Promise.reject(new Error("Disk full")) }, []);
  assert.deepEqual(await step(answering(files.png), {}, { saveResults: storage }), {
    kind: "fail",
    errorCode: "storage_failed",
    detail: "Disk full",
    call: { outcome: "succeeded", ...call },
  });
});

Deno.test("bytes that are no result are tried again, and the call may be paid", async () => {
  assert.deepEqual(await step(answering(files.html)), {
    kind: "retry",
    errorCode: "invalid_result",
    detail: `Result that begins with ${files.html.length} bytes is no image`,
    delaySeconds: 5,
    call: { outcome: "ambiguous", ...call },
  });
  assert.equal((await step(answering(files.empty), { failedAttempts: 3 })).kind, "fail");
});

Deno.test("a provider without a key fails the task, and no call is made", async () => {
  assert.deepEqual(await step(undefined), {
    kind: "fail",
    errorCode: "provider_auth",
    detail: "No key for provider openai",
    call: { outcome: "failed" },
  });
});

Deno.test("an unexpected error fails the task and is never thrown", async (t) => {
  for (const thrown of [new Error("Bug"), "Bug"]) {
    await t.step(typeof thrown, async () => {
      assert.deepEqual(await step(failing(thrown)), {
        kind: "fail",
        errorCode: "internal",
        detail: "Bug",
        call: { outcome: "ambiguous" },
      });
    });
  }
});

Deno.test("a provider's wish to wait reaches to the deadline at most", async () => {
  const busy = new ProviderError("provider_rate_limited", "Busy", { retryAfterSeconds: 1e12 });
  const outcome = await step(failing(busy));
  assert.equal(outcome.kind === "retry" && outcome.delaySeconds, 600);
});

Deno.test("an operation that has no call, here or at all, fails without one", async (t) => {
  const cases = {
    "text-to-song": "Unknown operation text-to-song",
    toString: "Unknown operation toString",
    "remove-background": "openai has no call for remove-background",
  };
  for (const [operation, detail] of Object.entries(cases)) {
    await t.step(operation, async () => {
      assert.deepEqual(await step(anAdapter({}).adapter, { operation }), {
        kind: "fail",
        errorCode: "internal",
        detail,
        call: { outcome: "failed" },
      });
    });
  }
});
