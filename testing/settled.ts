import type { Claim, Failure, Outcome, SettledState } from "../shared/tasks/task.ts";

/** What an outcome comes to: the state of the task, and what the ledger records of its call. */
export interface Settled {
  readonly state: SettledState;
  /** Absent while the provider is at it. */
  readonly call?: "succeeded" | "failed" | "ambiguous";
}

const MAX_ATTEMPTS = 4;

/**
 * What `private.settle_task` makes of an outcome before the deadline, where the lane allows another
 * call, and looks for none. Restated here so that tables of failures say what users and owners see; a test holds it against
 * the database for every kind of failure.
 */
export function settled(
  claim: Pick<Claim, "handle" | "failedAttempts">,
  outcome: Outcome,
): Settled {
  if (outcome.kind === "complete") return { state: "complete", call: "succeeded" };
  if (outcome.kind === "snooze") return { state: "polling" };
  if (outcome.kind === "not_found") return { state: "looking" };
  if (outcome.kind === "release") return { state: "released" };
  if (!goesOn(claim, outcome)) return { state: "failed", call: finalCall(claim, outcome) };
  return claim.handle === null
    ? { state: "retrying", call: finalCall(claim, outcome) }
    : { state: "polling" };
}

function goesOn(
  { handle, failedAttempts }: Pick<Claim, "handle" | "failedAttempts">,
  { errorCode, isRetryable, isFinal }: Failure,
): boolean {
  const isLast = failedAttempts + 1 >= MAX_ATTEMPTS;
  // What was not acted on is no attempt.
  if (handle === null) return isRetryable && (errorCode === "provider_rate_limited" || !isLast);
  const isEnded = isFinal || ["content_refused", "invalid_input"].includes(errorCode);
  return !isEnded && !(errorCode === "invalid_result" && isLast);
}

function finalCall(
  { handle }: Pick<Claim, "handle">,
  { errorCode, isAmbiguous, isBilled, endedUnbilled }: Failure,
): NonNullable<Settled["call"]> {
  if (isBilled) return "succeeded";
  if (endedUnbilled) return "failed";
  const isFree = ["content_refused", "invalid_input", "provider_unavailable"].includes(errorCode);
  return isAmbiguous || (handle !== null && !isFree) ? "ambiguous" : "failed";
}
