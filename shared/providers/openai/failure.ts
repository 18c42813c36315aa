import { APIConnectionTimeoutError, APIError } from "openai";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import { GAVE_UP_WAITING } from "../transport/api.ts";
import { readConnectionFailure } from "../transport/connection_failure.ts";
import { retryAfterSeconds } from "../transport/retry_after.ts";

// Codes and types: https://developers.openai.com/api/docs/guides/error-codes, and what was seen of
// the service in the field.

/** Refused for its content. */
const CONTENT_CODES = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "image_content_policy_violation",
]);

/** A 429 that no waiting helps: there is no money left. */
const MONEY_CODES = new Set([
  "insufficient_quota",
  "credit_balance_exhausted",
  "organization_spend_limit_exceeded",
  "project_spend_limit_exceeded",
  "organization_usage_limit_exceeded",
  "billing_hard_limit_reached",
]);

/** About a file that we sent. */
const INPUT_CODE = /image/;

/** The window is used up; the service mostly says for how long. */
const RATE_LIMIT_SECONDS = 12;

/** The whole account is asked to slow down, mostly without saying for how long. */
const SLOW_DOWN_SECONDS = 15;

/** What a failed call of the official client means. */
export function readFailure(error: unknown, signal: AbortSignal): ProviderError {
  // An aborted call is an APIError, too, and so is one that never got an answer.
  const isAnswer = error instanceof APIError && error.status !== undefined && !signal.aborted;
  if (isAnswer) return readRefusal(error);
  return readConnectionFailure(error, {
    provider: "OpenAI",
    signal,
    billable: true,
    timedOut: error instanceof APIConnectionTimeoutError,
  });
}

function readRefusal(error: APIError): ProviderError {
  const { status, code, type, param, headers, requestID } = error;
  return new ProviderError(codeOf(status, code ?? "", type ?? "", param ?? ""), error.message, {
    cause: error,
    retryAfterSeconds: retryAfterSeconds(headers, Date.now()) ??
      secondsIn(error.message) ??
      (status === 429
        ? (code === "slow_down" ? SLOW_DOWN_SECONDS : RATE_LIMIT_SECONDS)
        : undefined),
    ambiguous: GAVE_UP_WAITING.includes(status ?? 0),
    providerRequestId: requestID ?? undefined,
  });
}

function codeOf(
  status: number | undefined,
  code: string,
  type: string,
  parameter: string,
): ProviderErrorCode {
  if (CONTENT_CODES.has(code)) return "content_refused";
  // The configured model is gone: for the operator to mend, not for the user.
  if (parameter === "model" || code === "model_not_found") return "provider_auth";
  if (status === 429) {
    const isMoney = MONEY_CODES.has(code) || MONEY_CODES.has(type);
    return isMoney ? "provider_credits" : "provider_rate_limited";
  }
  if (status === 401 || status === 403 || status === 404) return "provider_auth";
  if (status === undefined || status >= 500 || status === 408 || status === 409) {
    return "provider_unavailable";
  }
  return INPUT_CODE.test(code) ? "invalid_input" : "provider_rejected";
}

/** From a message such as "Please try again in 12s." */
function secondsIn(message: string): number | undefined {
  const seconds = /try again in (\d+(?:\.\d+)?)s/.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
