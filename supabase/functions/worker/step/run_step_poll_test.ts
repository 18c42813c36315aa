import assert from "node:assert/strict";
import {
  type Adapter,
  bytesOutput,
  type Output,
  type Progress,
} from "../../../../shared/providers/adapter.ts";
import {
  ProviderError,
  type ProviderErrorCode,
} from "../../../../shared/providers/provider_error.ts";
import type { Claim, Outcome } from "../../../../shared/tasks/task.ts";
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

/** A step of work that was accepted 30 seconds ago. */
function step(
  adapter: Adapter | undefined,
  claim: Partial<Claim> = {},
  changes: Partial<StepDependencies> = {},
): Promise<Outcome> {
  const accepted = { handle: "job-1", acceptedAt: new Date("2026-11-23T11:59:30Z"), ...claim };
  return runStep(aClaim(accepted), signal, {
    findAdapter: () => adapter,
    saveResults,
    ownParameters: ({ parameters }) => Promise.resolve(parameters),
    readAsset: () => Promise.reject(new Error("No step of these reads one")),
    endUser: () => "pseudonym",
    markCallSent: () => Promise.resolve(),
    random: () => 0.5,
    now: () => new Date("2026-11-23T12:00:00Z"),
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
  assert.deepEqual(await step(adapter, { handle: null, acceptedAt: null }), {
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
  await step(adapter, { handle: "", acceptedAt: null });
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
    call: { outcome: "succeeded", ...call },
  });
});

Deno.test("asking goes on after any number of failures, for the work goes on at the provider", async (t) => {
  for (const code of errorCodes.filter((code) => RETRYABLE[code] && code !== "invalid_result")) {
    for (const failedAttempts of [0, 3, 4, 40]) {
      await t.step(`${code} after ${failedAttempts}`, async () => {
        const error = new ProviderError(code, "Words", { providerRequestId: "req_9" });
        const outcome = await step(failing(error), { failedAttempts });
        assert.deepEqual(outcome, {
          kind: "retry",
          errorCode: code,
          detail: "Words",
          delaySeconds: failedAttempts === 0 ? 5 : 120,
          // Whether the work was done is not known yet.
          call: { providerRequestId: "req_9" },
        });
      });
    }
  }
});

Deno.test("without a key asking goes on, for somebody may put it back", async () => {
  const outcome = await step(undefined, { failedAttempts: 40 });
  const { kind, call } = outcome;
  assert.equal(kind, "retry");
  assert.equal(outcome.errorCode, "provider_auth");
  assert.deepEqual(call, {});
});

Deno.test("asking ends with the deadline at the latest", async () => {
  const error = new ProviderError("provider_unavailable", "Words", { retryAfterSeconds: 9_999 });
  const outcome = await step(failing(error), { deadline: new Date("2026-11-23T12:00:07Z") });
  assert.equal(outcome.kind === "retry" && outcome.delaySeconds, 7);
  const overdue = await step(failing(error), { deadline: new Date("2026-11-23T11:00:00Z") });
  assert.equal(overdue.kind === "retry" && overdue.delaySeconds, 0);
});

Deno.test("a result that is not usable is asked for four times", async (t) => {
  const cases: Readonly<Record<string, Adapter>> = {
    "an answer": failing(new ProviderError("invalid_result", "Words")),
    "a file": answering(succeeded(bytesOutput(files.html))),
    "an address that has died": answering(
      succeeded({ open: () => Promise.reject(new ProviderError("invalid_result", "404")) }),
    ),
  };
  for (const [name, adapter] of Object.entries(cases)) {
    for (const [failedAttempts, kind] of [[0, "retry"], [2, "retry"], [3, "fail"]] as const) {
      await t.step(`${name} after ${failedAttempts}: ${kind}`, async () => {
        const outcome = await step(adapter, { failedAttempts });
        assert.equal(outcome.kind, kind);
        // Accepted and given up: it may be billed.
        assert.equal(outcome.call.outcome, kind === "fail" ? "ambiguous" : undefined);
      });
    }
  }
});

Deno.test("what the provider has ended fails at once; what we give up may be billed", async (t) => {
  const ledger: Readonly<Record<ProviderErrorCode, "failed" | "ambiguous">> = {
    content_refused: "failed",
    invalid_input: "failed",
    provider_unavailable: "failed",
    provider_rejected: "ambiguous",
    provider_auth: "ambiguous",
    provider_credits: "ambiguous",
    provider_rate_limited: "ambiguous",
    timeout: "ambiguous",
    invalid_result: "ambiguous",
    storage_failed: "ambiguous",
  };
  for (const code of errorCodes) {
    await t.step(`${code}: ${ledger[code]}`, async () => {
      assert.deepEqual(await step(failing(new ProviderError(code, "Words", { final: true }))), {
        kind: "fail",
        errorCode: code,
        detail: "Words",
        call: { outcome: ledger[code] },
      });
    });
  }
});

Deno.test("results that cannot be stored now are stored later, for the provider still has them", async (t) => {
  const broken = createSaveResults({ save: () => Promise.reject(new Error("Disk full")) }, []);
  for (const failedAttempts of [0, 3, 40]) {
    await t.step(`after ${failedAttempts}`, async () => {
      const outcome = await step(answering(succeeded(bytesOutput(files.png))), { failedAttempts }, {
        saveResults: broken,
      });
      const { kind, call: record } = outcome;
      assert.equal(kind, "retry");
      assert.equal(outcome.errorCode, "storage_failed");
      assert.equal(outcome.detail, "Disk full");
      assert.deepEqual(record, call);
    });
  }
});

Deno.test("work that cannot be asked for any more may be billed", async (t) => {
  const { adapter } = anAdapter({});
  const { poll: _, ...deaf } = adapter;
  const cases: Readonly<Record<string, readonly [Adapter, Partial<Claim>, string]>> = {
    "unknown operation": [adapter, { operation: "text-to-song" }, "Unknown operation text-to-song"],
    "nothing to ask with": [deaf, {}, "openai has no call for text-to-image"],
  };
  for (const [name, [given, claim, detail]] of Object.entries(cases)) {
    await t.step(name, async () => {
      assert.deepEqual(await step(given, claim), {
        kind: "fail",
        errorCode: "internal",
        detail,
        call: { outcome: "ambiguous" },
      });
    });
  }
});

Deno.test("an unexpected error fails the task, and the work may be billed", async () => {
  assert.deepEqual(await step(failing(new Error("Bug"))), {
    kind: "fail",
    errorCode: "internal",
    detail: "Bug",
    call: { outcome: "ambiguous" },
  });
});
