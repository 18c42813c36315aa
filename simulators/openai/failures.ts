/**
 * Failures of the service itself, as opposed to mistakes in the request.
 *
 * Source: https://developers.openai.com/api/docs/guides/error-codes
 *
 * @module
 */
import { OpenAiError } from "./errors.ts";

/** 429: the window is used up. */
export function answerRateLimited(): Response {
  return new OpenAiError(
    "rate_limit_exceeded",
    "Rate limit reached for images per minute. Please try again in 1s.",
  ).toResponse();
}

/** 429: the images that were asked for do not fit into what is left of the minute. */
export function answerWindowUsedUp(resetMs: number): Response {
  const seconds = Math.ceil(resetMs / 1_000);
  const response = new OpenAiError(
    "rate_limit_exceeded",
    `Rate limit reached for images per minute. Please try again in ${seconds}s.`,
  ).toResponse();
  response.headers.set("retry-after", String(seconds));
  return response;
}

/** 429 too, but there is no money left: not to be retried. */
export function answerQuotaExhausted(): Response {
  return new OpenAiError("insufficient_quota", "Your credit balance is exhausted.").toResponse();
}

/** 500 */
export function answerServerError(): Response {
  return new OpenAiError(
    "server_error",
    "The server had an error while processing your request. Sorry about that!",
  ).toResponse();
}

/** 503 */
export function answerOverloaded(): Response {
  return new OpenAiError(
    "server_is_overloaded",
    "The server is currently overloaded. Please try again later.",
  ).toResponse();
}

/** 400: the safety system refused the input, or the finished picture. */
export function answerModerationBlocked(stage: "input" | "output"): Response {
  const details = { moderation_stage: stage, categories: ["violence"] };
  return new OpenAiError("moderation_blocked", "Your request was rejected by the safety system.", {
    extra: { moderation_details: details },
  }).toResponse();
}

/**
 * 401: the real message repeats part of the key. This one repeats all of the one the stack uses, so that
 * tests see whether it gets any further.
 */
export function answerWrongKey(): Response {
  return new OpenAiError(
    "invalid_api_key",
    "Incorrect API key provided: sk-simulated. Sent as Authorization: Bearer sk-simulated.",
  ).toResponse();
}
