import { APIConnectionError, APIError } from "openai";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";

/** Refusals for content; the service's guide to errors and what was seen of it in the field. */
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

/** Codes about a file we sent (https://developers.openai.com/api/docs/guides/error-codes). */
const INPUT_CODE = /image/;

/** Raised before anything was sent, so surely not billed. */
const NOT_SENT = /refused|dns|resolve|lookup/i;

/** What a failed call of the official client means. */
export function readFailure(
  error: unknown,
  signal: AbortSignal,
): ProviderError {
  if (signal.aborted) {
    return new ProviderError(
      "timeout",
      "Call ended by its deadline or a lost lease",
      {
        cause: error,
        outcomeUnknown: true,
      },
    );
  }
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    return readRefusal(error);
  }
  const words = wordsOf(error);
  return error instanceof SyntaxError
    ? new ProviderError("invalid_result", `Cannot read the answer: ${words}`, {
      cause: error,
      outcomeUnknown: true,
    })
    : new ProviderError(
      "provider_unavailable",
      `Cannot reach OpenAI: ${words}`,
      {
        cause: error,
        outcomeUnknown: !NOT_SENT.test(words),
      },
    );
}

function readRefusal(error: APIError): ProviderError {
  const { status, code, type, param, headers, requestID } = error;
  const providerCode = param === "model"
    ? "provider_auth" // the configured model is gone: the operator's to mend, not the user's
    : codeOf(status, code ?? "", type ?? "");
  return new ProviderError(providerCode, error.message, {
    cause: error,
    retryAfterSeconds: retryAfter(headers),
    providerRequestId: requestID ?? undefined,
  });
}

function codeOf(
  status: number | undefined,
  code: string,
  type: string,
): ProviderErrorCode {
  if (CONTENT_CODES.has(code)) return "content_refused";
  if (status === 429) {
    return MONEY_CODES.has(code) || MONEY_CODES.has(type)
      ? "provider_credits"
      : "provider_rate_limited";
  }
  if (status === 401 || status === 403 || status === 404) {
    return "provider_auth";
  }
  if (status === 408 || status === 409) return "provider_unavailable";
  if (status !== undefined && status < 500) {
    return INPUT_CODE.test(code) ? "invalid_input" : "provider_rejected";
  }
  return "provider_unavailable";
}

/** Seconds, from the header the service prefers, or the standard one (seconds or a date). */
function retryAfter(headers: Headers | undefined): number | undefined {
  const milliseconds = Number(headers?.get("retry-after-ms"));
  if (milliseconds > 0) return milliseconds / 1000;
  const value = headers?.get("retry-after");
  if (!value) return undefined;
  const seconds = Number(value);
  return Number.isFinite(seconds) ? seconds : Math.max(0, (Date.parse(value) - Date.now()) / 1000);
}

/** The message of an error and of all its causes: the client's own says only "Connection error." */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${wordsOf(error.cause)}`;
}
