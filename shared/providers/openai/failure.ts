import { APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";
import { ProviderError, type ProviderErrorCode } from "../provider_error.ts";
import { codeOfForeign } from "../transport/foreign_answer.ts";
import { readConnectionFailure } from "../transport/connection_failure.ts";
import { isOutcomeUnknown } from "../transport/error_status.ts";
import { isAboutMissingModel } from "../transport/missing_model.ts";
import { retryAfterSeconds } from "../transport/retry_after.ts";
import { readRateLimit } from "./rate_limit.ts";

// Codes and types: https://developers.openai.com/api/docs/guides/error-codes, and what was seen of
// the service in the field.

/** Refused for its content. */
const CONTENT_CODES = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "image_content_policy_violation",
]);

/** No waiting helps: there is no money left. Mostly a 429. */
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

/**
 * What a failed call of the official client means.
 *
 * @param clientWords What the client wrote, and an error may repeat.
 */
export function readFailure(
  error: unknown,
  signal: AbortSignal,
  clientWords = "",
): ProviderError {
  // An aborted call is an APIError, too, and so is one that never got an answer.
  const isAnswer = error instanceof APIError && error.status !== undefined && !signal.aborted;
  if (isAnswer) return readRefusal(error, clientWords);
  return readConnectionFailure(error, {
    provider: "OpenAI",
    signal,
    billable: true,
    timedOut: error instanceof APIConnectionTimeoutError,
  });
}

/** The service's own form; a firewall or gateway in front of it does not have it. */
const ownError = z.object({ message: z.string(), type: z.string().nullable() });

function readRefusal(error: APIError, clientWords: string): ProviderError {
  const { status, code, type, param, headers, requestID } = error;
  const own = ownError.safeParse(error.error).data;
  // Seen in the field without the parameter's name: then only the sentence tells that the model is gone.
  const isModelMissing = !param && isAboutMissingModel(own?.message ?? "", clientWords);
  const told = codeOf(status, code ?? "", type ?? "", isModelMissing ? "model" : param ?? "");
  return new ProviderError(own ? told : codeOfForeign(told, bodyOf(error)), error.message, {
    cause: error,
    retryAfterSeconds: retryAfterSeconds(headers, Date.now()) ??
      (status === 429
        ? secondsIn(error.message) ??
          (code === "slow_down" ? SLOW_DOWN_SECONDS : RATE_LIMIT_SECONDS)
        : undefined),
    ambiguous: isOutcomeUnknown(status ?? 0),
    rateLimit: readRateLimit(headers),
    providerRequestId: requestID ?? undefined,
  });
}

function codeOf(
  status: number | undefined,
  code: string,
  type: string,
  parameter: string,
): ProviderErrorCode {
  if (MONEY_CODES.has(code) || MONEY_CODES.has(type)) return "provider_credits";
  if (status === 429) return "provider_rate_limited";
  if (CONTENT_CODES.has(code)) return "content_refused";
  // The configured model is gone: for the operator to mend, not for the user.
  if (parameter === "model" || code === "model_not_found") return "provider_auth";
  if (status === 402) return "provider_credits";
  // A parameter that is named is one of the request's, which a client may have chosen.
  const isOfRequest = parameter !== "" || INPUT_CODE.test(code);
  if (status === 401 || ((status === 403 || status === 404) && !isOfRequest)) {
    return "provider_auth";
  }
  if (status === undefined || status >= 500 || status === 408 || status === 409) {
    return "provider_unavailable";
  }
  return INPUT_CODE.test(code) ? "invalid_input" : "provider_rejected";
}

/** What the client could not read as JSON is behind the status in its message. */
function bodyOf({ status, message }: APIError): string {
  return message.replace(`${status} `, "");
}

/** From a message such as "Please try again in 12s." */
function secondsIn(message: string): number | undefined {
  const seconds = /try again in (\d+(?:\.\d+)?)s/.exec(message)?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
