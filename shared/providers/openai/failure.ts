import { APIConnectionTimeoutError, APIError } from "openai";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import { retryAfterSeconds } from "../retry_after.ts";

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

/** The whole account is asked to slow down, mostly without saying for how long. */
const SLOW_DOWN_SECONDS = 15;

/** How Deno's fetch says that no connection came about, so that surely nothing was billed. */
const NOT_SENT = /client error \(Connect\)/;

/** What a failed call of the official client means. */
export function readFailure(error: unknown, signal: AbortSignal): ProviderError {
  // An aborted call is an APIError, too, and so is one that never got an answer.
  const isAnswer = error instanceof APIError && error.status !== undefined && !signal.aborted;
  if (isAnswer) return readRefusal(error);
  const words = wordsOf(error);
  const [code, message]: [ProviderErrorCode, string] = signal.aborted
    ? ["timeout", "Call ended by its deadline or a lost lease"]
    : error instanceof APIConnectionTimeoutError
    ? ["timeout", "OpenAI did not answer in time"]
    : error instanceof SyntaxError
    ? ["invalid_result", `Cannot read the answer: ${words}`]
    : ["provider_unavailable", `Cannot reach OpenAI: ${words}`];
  return new ProviderError(code, message, { cause: error, outcomeUnknown: !NOT_SENT.test(words) });
}

function readRefusal(error: APIError): ProviderError {
  const { status, code, type, param, headers, requestID } = error;
  return new ProviderError(codeOf(status, code ?? "", type ?? "", param ?? ""), error.message, {
    cause: error,
    retryAfterSeconds: retryAfterSeconds(headers, Date.now()) ??
      secondsIn(error.message) ??
      (code === "slow_down" ? SLOW_DOWN_SECONDS : undefined),
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

/** The message of an error and of all its causes: the client's own says only "Connection error." */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${wordsOf(error.cause)}`;
}
