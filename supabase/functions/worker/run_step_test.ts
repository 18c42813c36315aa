import assert from "node:assert/strict";
import { ProviderError, type ProviderErrorCode } from "../../../shared/providers/provider_error.ts";
import type { Outcome } from "../../../shared/tasks/task.ts";
import { aClaim } from "../../../shared/testing/claims.ts";
import { files } from "../../../shared/testing/files.ts";
import { runStep, type StepDependencies } from "./run_step.ts";
import { createSaveResults } from "./save_results.ts";

const signal = new AbortController().signal;
const call = { model: "model-1", providerRequestId: "req_1", costUsd: 0.05 };
const saveResults = createSaveResults({ save: (path) => Promise.resolve(`stored:${path}`) }, []);

const readAsset = (): Promise<never> => Promise.reject(new Error("No step of these reads one"));

function answering(bytes: Uint8Array): StepDependencies["findAdapter"] {
  return () => ({ generate: () => Promise.resolve({ outputs: [{ bytes }], call }) });
}

function failing(error: unknown): StepDependencies["findAdapter"] {
  return () => ({ generate: () => Promise.reject(error) });
}

function step(changes: Partial<StepDependencies>, failedAttempts = 0): Promise<Outcome> {
  return runStep(aClaim({ failedAttempts }), signal, {
    findAdapter: answering(files.png),
    saveResults,
    readAsset,
    endUser: (userId) => `pseudonym of ${userId}`,
    random: () => 0.5,
    now: () => new Date("2026-11-23T12:00:00Z"),
    ...changes,
  });
}

Deno.test("a generation whose results are stored completes the task", async () => {
  const { userId, taskId } = aClaim();
  assert.deepEqual(await step({}), {
    kind: "complete",
    assetUrls: [`stored:${userId}/concepts/${taskId}/0.png`],
    call: { outcome: "succeeded", ...call },
  });
});

Deno.test("the provider is asked with the claim's parameters and a pseudonym", async () => {
  const asked: unknown[] = [];
  const generate = (...request: unknown[]): Promise<never> => {
    asked.push(...request);
    return Promise.reject(new ProviderError("timeout", "x"));
  };
  await step({ findAdapter: () => ({ generate }) });
  const { operation, parameters, userId } = aClaim();
  assert.deepEqual(asked, [operation, parameters, {
    signal,
    endUser: `pseudonym of ${userId}`,
    readAsset,
  }]);
});

const KIND: Readonly<Record<ProviderErrorCode, "retry" | "fail">> = {
  content_refused: "fail",
  invalid_input: "fail",
  provider_rejected: "fail",
  provider_auth: "fail",
  provider_credits: "fail",
  provider_rate_limited: "retry",
  provider_unavailable: "retry",
  timeout: "retry",
  invalid_result: "retry",
  storage_failed: "retry",
};

Deno.test("a provider's error fails the task or is tried again", async (t) => {
  for (const [code, kind] of Object.entries(KIND)) {
    await t.step(`${code}: ${kind}`, async () => {
      const error = new ProviderError(code as ProviderErrorCode, "Words", {
        providerRequestId: "req_9",
      });
      const outcome = await step({ findAdapter: failing(error) });
      assert.deepEqual(outcome, {
        kind,
        errorCode: code,
        detail: "Words",
        ...(kind === "retry" && { delaySeconds: 5 }),
        call: { outcome: "failed", providerRequestId: "req_9" },
      });
    });
  }
});

Deno.test("the fourth failed attempt is the last", async (t) => {
  const error = new ProviderError("provider_unavailable", "Words");
  const cases = [
    [0, "retry"],
    [1, "retry"],
    [2, "retry"],
    [3, "fail"],
    [7, "fail"],
  ] as const;
  for (const [failedAttempts, kind] of cases) {
    await t.step(`${failedAttempts} before`, async () => {
      const outcome = await step({ findAdapter: failing(error) }, failedAttempts);
      assert.equal(outcome.kind, kind);
    });
  }
});

Deno.test("the delay grows with the attempts and heeds the provider", async () => {
  const plain = failing(new ProviderError("provider_unavailable", "x"));
  const asking = failing(
    new ProviderError("provider_rate_limited", "x", { retryAfterSeconds: 77 }),
  );
  const delays = await Promise.all([
    step({ findAdapter: plain }, 0),
    step({ findAdapter: plain }, 1),
    step({ findAdapter: plain }, 2),
    step({ findAdapter: asking }, 0),
  ]);
  assert.deepEqual(
    delays.map((outcome) => outcome.kind === "retry" && outcome.delaySeconds),
    [5, 15, 45, 77],
  );
});

Deno.test("a call of unknown outcome is unknown in the ledger", async () => {
  const error = new ProviderError("timeout", "x", { outcomeUnknown: true });
  const outcome = await step({ findAdapter: failing(error) });
  assert.equal(outcome.kind, "retry");
  assert.equal(outcome.call.outcome, "unknown");
});

Deno.test("results that cannot be stored fail the task, and the call is paid", async () => {
  const storage = createSaveResults({ save: () => Promise.reject(new Error("Disk full")) }, []);
  assert.deepEqual(await step({ saveResults: storage }), {
    kind: "fail",
    errorCode: "storage_failed",
    detail: "Disk full",
    call: { outcome: "succeeded", ...call },
  });
});

Deno.test("bytes that are no result are tried again, and the call may be paid", async () => {
  const outcome = await step({ findAdapter: answering(files.html) });
  assert.deepEqual(outcome, {
    kind: "retry",
    errorCode: "invalid_result",
    detail: `Result of ${files.html.length} bytes is no image`,
    delaySeconds: 5,
    call: { outcome: "unknown", ...call },
  });
  assert.equal((await step({ findAdapter: answering(files.empty) }, 3)).kind, "fail");
});

Deno.test("a provider without a key fails the task, and no call is made", async () => {
  assert.deepEqual(await step({ findAdapter: () => undefined }), {
    kind: "fail",
    errorCode: "provider_auth",
    detail: "No key for provider openai",
    call: { outcome: "failed" },
  });
});

Deno.test("an unexpected error fails the task and is never thrown", async (t) => {
  for (const thrown of [new Error("Bug"), "Bug"]) {
    await t.step(typeof thrown, async () => {
      assert.deepEqual(await step({ findAdapter: failing(thrown) }), {
        kind: "fail",
        errorCode: "internal",
        detail: "Bug",
        call: { outcome: "unknown" },
      });
    });
  }
});

Deno.test("a provider's wish to wait reaches to the deadline at most", async () => {
  const busy = new ProviderError("provider_rate_limited", "Busy", { retryAfterSeconds: 1e12 });
  const outcome = await step({ findAdapter: failing(busy) });
  assert.equal(outcome.kind === "retry" && outcome.delaySeconds, 600);
});

Deno.test("an operation that only newer code knows fails without a call", async () => {
  const outcome = await runStep(aClaim({ operation: "text-to-song" }), signal, {
    findAdapter: answering(files.png),
    saveResults,
    readAsset,
    endUser: () => "",
    random: () => 0.5,
    now: () => new Date(),
  });
  assert.deepEqual(outcome, {
    kind: "fail",
    errorCode: "internal",
    detail: "Unknown operation text-to-song",
    call: { outcome: "failed" },
  });
});
