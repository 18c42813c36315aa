import assert from "node:assert/strict";
import type { Adapter, Running } from "../../../../shared/providers/adapter.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Outcome } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { aFailure, anAdapter } from "../../../../testing/steps.ts";
import { callSeed } from "./call_seed.ts";
import { runStep } from "./run_step.ts";

const { signal } = new AbortController();
const lostCall = { mark: "mark-1", sentSecondsAgo: 12 };
const unused = (): never => assert.fail("Nothing of this belongs to a look");

/** A step of a task whose call was lost. */
function step(adapter: Adapter | undefined): Promise<Outcome> {
  return runStep(aClaim({ lostCall, isAlone: true }), signal, {
    findAdapter: () => adapter,
    saveResults: unused,
    savePreview: unused,
    ownParameters: unused,
    readInput: unused,
    endUser: unused,
    reserveMemory: unused,
    markCallSent: unused,
    random: () => 0.5,
  });
}

Deno.test("a lost call that is found goes on as if its answer had come, and is not made again", async () => {
  const found: Running = {
    state: "running",
    handle: "job-1",
    pollAfterSeconds: 2,
    call: { providerTaskId: "job-1" },
  };
  const { adapter, looks } = anAdapter({ findLost: () => Promise.resolve(found) });
  assert.deepEqual(await step(adapter), {
    kind: "snooze",
    handle: "job-1",
    delaySeconds: 2,
    progress: undefined,
    call: { providerTaskId: "job-1" },
  });
  assert.deepEqual(looks, [["mark-1", { signal, sentSecondsAgo: 12 }]]);
});

Deno.test("a lost call that is not found is not made again", async () => {
  const { adapter } = anAdapter({ findLost: () => Promise.resolve(undefined) });
  assert.deepEqual(await step(adapter), { kind: "not_found" });
});

Deno.test("a provider that can no longer be asked for it has not got it", async () => {
  const { findLost: _, ...adapter } = anAdapter({}).adapter;
  assert.deepEqual(await step(adapter), { kind: "not_found" });
});

Deno.test("a look that fails is no proof that the call was not taken", async () => {
  const error = new ProviderError("provider_unavailable", "Words");
  const { adapter } = anAdapter({ findLost: () => Promise.reject(error) });
  assert.deepEqual(await step(adapter), aFailure({ isRetryable: true }));
  assert.equal((await step(undefined)).kind, "failure");
});

Deno.test("each call of a task has a seed of its own, of 31 bits", () => {
  const highest = "11111111-1111-4111-8111-1111ffffffff";
  const leases = ["1", "2", "9223372036854775807"];
  const seeds = [aClaim().taskId, highest].flatMap((taskId) =>
    leases.map((lease) => callSeed({ taskId, lease }))
  );
  assert.equal(new Set(seeds).size, seeds.length);
  assert.ok(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31));
});
