import { z } from "zod";

/**
 * Why a task can end without a result, and whether the same request, sent again, may succeed. The words
 * for the user are in `private.task_errors`.
 */
const RETRYABLE = {
  content_refused: false,
  invalid_input: false,
  provider_rejected: false,
  unsupported_language: false,
  provider_unavailable: true,
  provider_rate_limited: true,
  provider_credits: true,
  provider_auth: true,
  timeout: true,
  invalid_result: true,
  storage_failed: true,
  outcome_unknown: true,
  internal: true,
} as const satisfies Record<string, boolean>;

/** Error codes of tasks, as the status shows them. */
export type ShownErrorCode = keyof typeof RETRYABLE;

export const shownErrorCodes = Object.keys(RETRYABLE).filter(isShown);

export const shownErrorCode = z.enum(shownErrorCodes);

function isShown(code: string): code is ShownErrorCode {
  return Object.hasOwn(RETRYABLE, code);
}

/** The code of a row, which newer code than this may have written: what is not known is an error of ours. */
export function shownErrorCodeOf(code: string): ShownErrorCode {
  return isShown(code) ? code : "internal";
}

/** Whether the same request, sent again, may succeed. */
export function isRetryable(code: ShownErrorCode): boolean {
  return RETRYABLE[code];
}
