import assert from "node:assert/strict";
import {
  type Adapter,
  bytesOutput,
  type Output,
  type Progress,
} from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Claim, Outcome } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { files } from "../../../../testing/files.ts";
import {
  aFailure,
  anAdapter,
  call,
  errorCodes,
  impossible,
  RETRYABLE,
} from "../../../../testing/steps.ts";
import { recordLog } from "../../../../testing/recorded_log.ts";
import { bytesOf } from "../../../../testing/streams.ts";
import { runStep, type StepDependencies } from "./run_step.ts";
import { createSaveResults } from "./save_results.ts";

const signal = new AbortController().signal;
const saveResults = createSaveResults({
  save: (path, body) => bytesOf(body).then(() => `stored:${path}`),
}, recordLog().log);

/** A step of work that was accepted 30 seconds ago. */
function step(
  adapter: Adapter | undefined,
  claim: Partial<Claim> = {},
  changes: Partial<StepDependencies> = {},
): Promise<Outcome> {
  const accepted = { handle: "job-1", acceptedSecondsAgo: 30, ...claim };
  return runStep(aClaim(accepted), signal, {
    findAdapter: () => adapter,
    saveResults,
    savePreview: () => Promise.resolve(undefined),
    ownParameters: ({ parameters }) => Promise.resolve(parameters),
    readInput: () => Promise.reject(new Error("No step of these reads one")),
    endUser: () => "pseudonym",
    reserveMemory: () => Promise.resolve(),
    markCallSent: () => Promise.resolve(),
    random: () => 0.5,
    ...changes,
  });
}

function running(changes: Partial<Progress & { state: "running" }> = {}): Progress {
  return { state: "running", handle: "job-1", pollAfterSeconds: 3, call, ...changes };
}

function succeeded(...outputs: readonly Output[]): Progress {
  return { state: "succeeded", outputs, call };
}

function answering(progress: Progress): Adapter {
  return anAdapter({ poll: () => Promise.resolve(progress) }).adapter;
}

function failing(error: unknown): Adapter {
  return anAdapter({ poll: () => Promise.reject(error) }).adapter;
}

Deno.test("work that is accepted is put back with its handle, and is not settled in the ledger", async () => {
  const { adapter, polls } = anAdapter({ submit: () => Promise.resolve(running()) });
  assert.deepEqual(await step(adapter, { handle: null, acceptedSecondsAgo: null }), {
    kind: "snooze",
    handle: "job-1",
    delaySeconds: 3,
    progress: undefined,
    call,
  });
  assert.deepEqual(polls, []);
});

Deno.test("accepted work is asked for by its handle and age, and never submitted again", async () => {
  const { adapter, submits, polls } = anAdapter({
    poll: () => Promise.resolve(running({ progress: 40, pollAfterSeconds: 2, call: {} })),
  });
  assert.deepEqual(await step(adapter), {
    kind: "snooze",
    handle: "job-1",
    delaySeconds: 2,
    progress: 40,
    call: {},
  });
  assert.deepEqual(polls, [["job-1", { signal, ageSeconds: 30 }]]);
  assert.deepEqual(submits, []);
});

Deno.test("an empty handle is a handle, too", async () => {
  const { adapter, submits, polls } = anAdapter({ poll: () => Promise.resolve(running()) });
  await step(adapter, { handle: "", acceptedSecondsAgo: null });
  assert.deepEqual(polls, [["", { signal, ageSeconds: 0 }]]);
  assert.deepEqual(submits, []);
});

Deno.test("work that is done is stored and completes the task", async () => {
  const { userId, taskId } = aClaim();
  const outcome = await step(answering(succeeded(bytesOutput(files.png), bytesOutput(files.webp))));
  const folder = `stored:${userId}/concepts/${taskId}`;
  assert.deepEqual(outcome, {
    kind: "complete",
    assetUrls: [`${folder}/0.png`, `${folder}/1.webp`],
    results: {
      assets: [
        { media_type: "image/png", bytes: files.png.length },
        { media_type: "image/webp", bytes: files.webp.length },
      ],
    },
    call,
  });
});

Deno.test("a poll that fails is reported as what it is, after any number of failures", async (t) => {
  for (const errorCode of errorCodes) {
    for (const failedAttempts of [0, 40]) {
      await t.step(`${errorCode} after ${failedAttempts}`, async () => {
        const error = new ProviderError(errorCode, "Words", { providerRequestId: "req_9" });
        const outcome = await step(failing(error), { failedAttempts });
        assert.deepEqual(
          outcome,
          aFailure({
            errorCode,
            isRetryable: RETRYABLE[errorCode],
            delaySeconds: failedAttempts === 0 ? 5 : 120,
            call: { providerRequestId: "req_9" },
          }),
        );
      });
    }
  }
});

Deno.test("work that the provider has ended is reported as ended", async () => {
  const ended = new ProviderError("provider_unavailable", "Words", { final: true });
  assert.deepEqual(await step(failing(ended)), aFailure({ isFinal: true }));
});

Deno.test("a provider without a key can be polled again: the operator may put it back", async () => {
  const outcome = await step(undefined, { failedAttempts: 40 });
  assert.ok(outcome.kind === "failure");
  assert.deepEqual([outcome.errorCode, outcome.isFinal], ["provider_auth", false]);
});

Deno.test("a result that is not usable is reported as one", async (t) => {
  const cases: Readonly<Record<string, Adapter>> = {
    "an answer": failing(new ProviderError("invalid_result", "Words")),
    "a file": answering(succeeded(bytesOutput(files.html))),
    "a URL that has expired": answering(
      succeeded({ open: () => Promise.reject(new ProviderError("invalid_result", "404")) }),
    ),
  };
  for (const [name, adapter] of Object.entries(cases)) {
    await t.step(name, async () => {
      const outcome = await step(adapter);
      assert.ok(outcome.kind === "failure");
      assert.deepEqual([outcome.errorCode, outcome.isFinal], ["invalid_result", false]);
    });
  }
});

Deno.test("results that cannot be stored now can be fetched again: they are not lost", async (t) => {
  const save = (): Promise<never> => Promise.reject(new Error("Disk full"));
  const broken = createSaveResults({ save }, recordLog().log, { first: [], further: 0 });
  for (const failedAttempts of [0, 3, 40]) {
    await t.step(`after ${failedAttempts}`, async () => {
      const outcome = await step(answering(succeeded(bytesOutput(files.png))), { failedAttempts }, {
        saveResults: broken,
      });
      assert.deepEqual(
        outcome,
        aFailure({
          errorCode: "storage_failed",
          detail: "Disk full",
          isRetryable: true,
          delaySeconds: { 0: 5, 3: 120, 40: 120 }[failedAttempts] ?? 0,
          call,
        }),
      );
    });
  }
});

Deno.test("work that cannot be polled any more is a mistake of ours", async (t) => {
  const { adapter } = anAdapter({});
  const { poll: _, ...deaf } = adapter;
  const cases: Readonly<Record<string, readonly [Adapter, Partial<Claim>, string]>> = {
    "unknown operation": [adapter, { operation: "text-to-song" }, "Unknown operation text-to-song"],
    "nothing to poll with": [deaf, {}, "openai has no call for text-to-image"],
  };
  for (const [name, [given, claim, detail]] of Object.entries(cases)) {
    await t.step(name, async () => assert.deepEqual(await step(given, claim), impossible(detail)));
  }
});

Deno.test("an unexpected error is a mistake of ours, and the work may be billed", async () => {
  assert.deepEqual(await step(failing(new Error("Bug"))), {
    ...impossible("Bug"),
    isAmbiguous: true,
  });
});

Deno.test("of work that was given up the cost is told, and its result is not fetched", async () => {
  let opened = 0;
  const output: Output = {
    open: () => {
      opened++;
      return bytesOutput(files.png).open();
    },
  };
  const outcome = await step(answering(succeeded(output)), { isGivenUp: true });
  assert.deepEqual(outcome, { kind: "complete", assetUrls: [], call });
  assert.equal(opened, 0);
});
