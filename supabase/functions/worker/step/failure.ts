import type { CallRecord } from "../../../../shared/providers/adapter.ts";
import {
  boundedDelay,
  MAX_PAUSE_SECONDS,
  MAX_POLL_DELAY_SECONDS,
} from "../../../../shared/providers/bounds.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Claim, Failure } from "../../../../shared/tasks/task.ts";
import { InvalidResult } from "./inspect_result.ts";
import { retryDelaySeconds } from "./retry_delay.ts";

/** What it means that results could not be saved. */
export function failureToSave(error: unknown): ProviderError {
  if (error instanceof InvalidResult) {
    return new ProviderError("invalid_result", error.message, { ambiguous: true });
  }
  if (error instanceof ProviderError) return error;
  return new ProviderError("storage_failed", messageOf(error), { cause: error });
}

/**
 * A failure as it is reported.
 *
 * @param signal The step's: what it ended is no mistake of ours.
 * @param random A number from 0 up to 1, as `Math.random` returns it.
 * @param record What is known of the call.
 */
export function failureOf(
  thrown: unknown,
  { failedAttempts, handle }: Claim,
  signal: AbortSignal,
  random: () => number,
  record: CallRecord = {},
): Failure {
  const error = signal.aborted ? endedBySignal(thrown) : thrown;
  if (!(error instanceof ProviderError)) {
    return { ...impossible(messageOf(error)), isAmbiguous: true };
  }
  const { code, message, reason, providerRequestId, billedUsd, rateLimit } = error;
  const retryAfterSeconds = boundedDelay(error.retryAfterSeconds, MAX_PAUSE_SECONDS);
  // Asking is free, and a result that is paid does not stay for ever.
  const maxDelaySeconds = handle === null ? MAX_PAUSE_SECONDS : MAX_POLL_DELAY_SECONDS;
  const delaySeconds = retryDelaySeconds(failedAttempts + 1, retryAfterSeconds, random());
  return {
    kind: "failure",
    errorCode: code,
    detail: message,
    ...(reason !== undefined && { reason }),
    isRetryable: error.retryable,
    isFinal: error.final,
    isAmbiguous: error.ambiguous,
    isBilled: billedUsd !== undefined,
    endedUnbilled: error.endedUnbilled,
    isOwnCut: error.ownCut,
    pauseScope: error.pauseScope,
    unlistedHost: error.unlistedHost,
    delaySeconds: boundedDelay(delaySeconds, maxDelaySeconds),
    retryAfterSeconds,
    call: {
      ...record,
      ...(providerRequestId !== undefined && { providerRequestId }),
      ...(billedUsd !== undefined && { costUsd: billedUsd }),
      ...(rateLimit !== undefined && { rateLimit }),
    },
  };
}

/** What was not about the provider has failed because the step was ended: no mistake of ours. */
function endedBySignal(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const message = `Ended by its deadline or a lost lease: ${messageOf(error)}`;
  const options = { cause: error, ambiguous: true, ownCut: true };
  return new ProviderError("timeout", message, options);
}

/** Work that cannot even be asked for: a mistake of ours, which no other attempt changes. */
export function impossible(detail: string): Failure {
  return {
    kind: "failure",
    errorCode: "internal",
    detail,
    isRetryable: false,
    isFinal: true,
    isAmbiguous: false,
    isBilled: false,
    endedUnbilled: false,
    isOwnCut: false,
    pauseScope: "lane",
    unlistedHost: undefined,
    delaySeconds: 0,
    retryAfterSeconds: 0,
    call: {},
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
