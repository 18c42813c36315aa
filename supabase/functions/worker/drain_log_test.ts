import assert from "node:assert/strict";
import type { Outcome } from "../../../shared/tasks/task.ts";
import { aClaim } from "../../../testing/claims.ts";
import { MemoryQueue, noTime } from "../../../testing/memory_queue.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { Drain } from "./drain.ts";

Deno.test("a step's end is logged with what the ledger learns of the call", async (t) => {
  const call = { model: "m", providerRequestId: "r", providerTaskId: "t", costUsd: 0.1 };
  const known = { model: "m", provider_request_id: "r", provider_task_id: "t", cost_usd: 0.1 };
  const cases: readonly (readonly [Outcome, Readonly<Record<string, unknown>>])[] = [
    [
      { kind: "complete", assetUrls: ["a", "b"], call: { outcome: "succeeded", ...call } },
      { level: "info", call: "succeeded", ...known, results: 2 },
    ],
    [
      { kind: "snooze", handle: "secret", delaySeconds: 2, progress: 40, call },
      { level: "info", ...known, progress: 40 },
    ],
    [
      { kind: "retry", errorCode: "timeout", detail: "Words", delaySeconds: 5, call: {} },
      { level: "warn", error_code: "timeout", detail: "Words" },
    ],
    [
      { kind: "fail", errorCode: "internal", detail: "Words", call: { outcome: "failed" } },
      { level: "warn", call: "failed", error_code: "internal", detail: "Words" },
    ],
  ];
  for (const [outcome, expected] of cases) {
    await t.step(outcome.kind, async () => {
      const { log, lines } = recordLog();
      const drain = new Drain({
        queue: new MemoryQueue(["a"]),
        log,
        runStep: () => Promise.resolve(outcome),
        mayClaim: () => true,
        sleep: noTime,
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
        settled: true,
        ...expected,
      });
    });
  }
});
