import assert from "node:assert/strict";
import type { Outcome, SettledState } from "../../../shared/tasks/task.ts";
import { aClaim } from "../../../testing/claims.ts";
import { anIsolate } from "../../../testing/isolates.ts";
import { MemoryQueue, noTime } from "../../../testing/memory_queue.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { Drain } from "./drain.ts";

const call = { model: "m", providerRequestId: "r", providerTaskId: "t", costUsd: 0.1 };
const known = { model: "m", provider_request_id: "r", provider_task_id: "t", cost_usd: 0.1 };
const failure: Outcome = {
  kind: "failure",
  errorCode: "timeout",
  detail: "Words",
  isRetryable: true,
  isFinal: false,
  isAmbiguous: true,
  isBilled: false,
  endedUnbilled: false,
  isOwnCut: false,
  pauseScope: "lane",
  unlistedHost: undefined,
  delaySeconds: 5,
  retryAfterSeconds: 0,
  call: {},
};
const failed = { level: "warn", error_code: "timeout", is_ambiguous: true, detail: "Words" };

Deno.test("a step's end is logged with the state that was reached, whatever the step proposed", async (t) => {
  const cases: readonly (readonly [
    Outcome,
    SettledState | null,
    Readonly<Record<string, unknown>>,
  ])[] = [
    [
      { kind: "complete", assetUrls: ["a", "b"], call },
      "complete",
      { level: "info", ...known, results: 2 },
    ],
    [
      { kind: "snooze", handle: "secret", delaySeconds: 2, progress: 40, call },
      "polling",
      { level: "info", ...known, progress: 40 },
    ],
    [failure, "retrying", failed],
    [failure, "failed", failed],
    [failure, null, { ...failed, state: "lost" }],
  ];
  for (const [outcome, state, expected] of cases) {
    await t.step(`${outcome.kind}: ${state}`, async () => {
      const { log, lines } = recordLog();
      const drain = new Drain({
        queue: new MemoryQueue(["a"], 20, 20, state),
        log,
        runStep: () => Promise.resolve(outcome),
        isolate: anIsolate(),
        wakeAnother: () => Promise.resolve(),
        sleep: noTime,
        now: () => 0,
      });
      await drain.wake();
      const { time: _, ...line } = lines.find(({ event }) => event === "step ended") ?? {};
      const about = { function: "test", task_id: "a", request_id: "request-1" };
      const { userId } = aClaim();
      assert.deepEqual(line, {
        ...about,
        user_id: userId,
        event: "step ended",
        outcome: outcome.kind,
        state,
        ...expected,
      });
    });
  }
});
