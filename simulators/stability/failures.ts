/**
 * How the service words each failure that is always the same.
 *
 * @module
 */
import { type ErrorName, StabilityError } from "./errors.ts";

const messages = {
  /** For a reason that only the service knows; others name their field. */
  bad_request: "prompt: cannot be processed",
  unauthorized: "authorization: invalid or missing header value",
  payment_required: "You lack sufficient credits to make this request.",
  content_moderation: "Your request was flagged by our content moderation system, " +
    "as a result your request was denied and you were not charged.",
  not_found: "The requested resource was not found.",
  payload_too_large: "Your request was larger than 10MiB.",
  invalid_language: "English is the only supported language for this service.",
  public_figure: "image: shows a public figure, which this service does not process",
  rate_limit_exceeded:
    "You have exceeded the rate limit of 150 requests within a 10 second period, " +
    "and have been timed out for 60 seconds.",
  internal_error: "An unexpected server error has occurred, please try again later.",
} as const satisfies Partial<Record<ErrorName, string>>;

export type FailureName = keyof typeof messages;

/** The service's own failure of this name. */
export function failure(name: FailureName): StabilityError {
  return new StabilityError(name, [messages[name]]);
}

/**
 * A 429 that says when to come back, so that a development stack recovers quickly; whether the real
 * service ever does is not known.
 */
export function answerRateLimited(): Response {
  const response = failure("rate_limit_exceeded").toResponse();
  response.headers.set("retry-after", "1");
  return response;
}
