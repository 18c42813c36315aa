import type { Outcome } from "../../shared/tasks/task.ts";
import { aFailure } from "../../testing/steps.ts";
import type { Answer } from "./provider.ts";

/** How long a worker waits between two polls. */
export const POLL_SECONDS = 5;

export const complete: Outcome = {
  kind: "complete",
  assetUrls: ["https://files.example.com/1.png"],
  call: { costUsd: 0.05 },
};

/** The worker's own end of a call at the deadline. */
export const cutOff: Outcome = aFailure({
  errorCode: "timeout",
  isAmbiguous: true,
  isOwnCut: true,
});

export function accepted(handle: string): Outcome {
  return { kind: "snooze", handle, delaySeconds: POLL_SECONDS, progress: undefined, call: {} };
}

export function outcomeOf(answer: Exclude<Answer, { kind: "result" }>): Outcome {
  if (answer.kind === "accepted") return accepted(answer.handle);
  if (answer.kind === "failing") return aFailure({ isRetryable: true });
  return aFailure({
    errorCode: "provider_rate_limited",
    isRetryable: true,
    pauseScope: answer.scope,
    retryAfterSeconds: answer.retryAfter,
  });
}
