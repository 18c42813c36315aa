import assert from "node:assert/strict";
import { type Adapter, bytesOutput, type Progress } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Outcome } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { files } from "../../../../testing/files.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import {
  aFailure,
  anAdapter,
  call,
  errorCodes,
  impossible,
  RETRYABLE,
} from "../../../../testing/steps.ts";
import { bytesOf } from "../../../../testing/streams.ts";
import { callSeed } from "./call_seed.ts";
import { runStep, type StepDependencies } from "./run_step.ts";
import { createSaveResults } from "./save_results.ts";

const signal = new AbortController().signal;
const saveResults = createSaveResults({
  save: (path, body) => bytesOf(body).then(() => `stored:${path}`),
}, recordLog().log);

const readInput = (): Promise<never> => Promise.reject(new Error("No step of these reads one"));

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
  endsWith: AbortSignal = signal,
): Promise<Outcome> {
  return runStep(aClaim(claim), endsWith, {
    findAdapter: () => adapter,
    saveResults,
    savePreview: () => Promise.resolve(undefined),
    ownParameters: ({ parameters }) => Promise.resolve(parameters),
    readInput,
    endUser: (userId) => `pseudonym of ${userId}`,
    reserveMemory: () => Promise.resolve(),
    markCallSent: () => Promise.resolve(),
    random: () => 0.5,
    ...changes,
  });
}

Deno.test("a generation whose results are stored completes the task", async () => {
  const { userId, taskId } = aClaim();
  assert.deepEqual(await step(answering(files.png)), {
    kind: "complete",
    assetUrls: [`stored:${userId}/concepts/${taskId}/0.png`],
    results: { assets: [{ media_type: "image/png", bytes: files.png.length }] },
    call,
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
    submits.map((
      [asked, { markSent: _, reserveMemory: __, readAsset: ___, ...context }],
    ) => [asked, context]),
    [[parameters, { signal, endUser: `pseudonym of ${userId}`, seed: callSeed(aClaim()) }]],
  );
});

Deno.test("a provider's error is reported with whether another call may help", async (t) => {
  for (const errorCode of errorCodes) {
    await t.step(errorCode, async () => {
      const error = new ProviderError(errorCode, "Words", { providerRequestId: "req_9" });
      assert.deepEqual(
        await step(failing(error)),
        aFailure({
          errorCode,
          isRetryable: RETRYABLE[errorCode],
          call: { providerRequestId: "req_9" },
        }),
      );
    });
  }
});

Deno.test("an error that is final is not worth another call, whatever its code", async (t) => {
  for (const errorCode of errorCodes) {
    await t.step(errorCode, async () => {
      const outcome = await step(failing(new ProviderError(errorCode, "Words", { final: true })));
      assert.deepEqual(outcome, aFailure({ errorCode, isFinal: true }));
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
    delays.map((outcome) =>
      outcome.kind === "failure" && [outcome.delaySeconds, outcome.retryAfterSeconds]
    ),
    [[5, 0], [15, 0], [45, 0], [77, 77]],
  );
});

Deno.test("a call of unknown outcome is reported as one", async () => {
  const error = new ProviderError("timeout", "Words", { ambiguous: true });
  assert.deepEqual(
    await step(failing(error)),
    aFailure({ errorCode: "timeout", isRetryable: true, isAmbiguous: true }),
  );
});

Deno.test("results that cannot be stored are paid, and not worth another call", async () => {
  const error = new ProviderError("storage_failed", "Disk full", { final: true });
  const storage = createSaveResults({ save: () => Promise.reject(error) }, recordLog().log);
  assert.deepEqual(
    await step(answering(files.png), {}, { saveResults: storage }),
    aFailure({
      errorCode: "storage_failed",
      detail: "Disk full",
      isBilled: true,
      isFinal: true,
      call,
    }),
  );
});

Deno.test("bytes that are not a result may be paid, and are worth another call", async () => {
  assert.deepEqual(
    await step(answering(files.html)),
    aFailure({
      errorCode: "invalid_result",
      detail: `Result that begins with ${files.html.length} bytes is no image`,
      isRetryable: true,
      isAmbiguous: true,
      call,
    }),
  );
});

Deno.test("a provider without a key is a failure, and no call is made", async () => {
  assert.deepEqual(
    await step(undefined),
    aFailure({ errorCode: "provider_auth", detail: "No key for provider openai" }),
  );
});

Deno.test("an unexpected error is a mistake of ours, may be billed, and is never thrown", async (t) => {
  for (const thrown of [new Error("Bug"), "Bug"]) {
    await t.step(typeof thrown, async () => {
      assert.deepEqual(await step(failing(thrown)), { ...impossible("Bug"), isAmbiguous: true });
    });
  }
});

Deno.test("an operation that has no call, here or at all, fails without one", async (t) => {
  const cases = {
    "text-to-song": "Unknown operation text-to-song",
    toString: "Unknown operation toString",
    "remove-background": "openai has no call for remove-background",
  };
  for (const [operation, detail] of Object.entries(cases)) {
    await t.step(operation, async () => {
      assert.deepEqual(await step(anAdapter({}).adapter, { operation }), impossible(detail));
    });
  }
});

Deno.test("results that cannot be stored because we ended the step are no failure of the provider", async () => {
  const ended = AbortSignal.abort();
  const errors = [ended.reason, new Error("Away"), new ProviderError("timeout", "Words")];
  for (const error of errors) {
    const saveResults = (): Promise<never> => Promise.reject(error);
    const outcome = await step(answering(files.png), {}, { saveResults }, ended);
    assert.ok(outcome.kind === "failure" && outcome.isOwnCut, String(error));
  }
});
