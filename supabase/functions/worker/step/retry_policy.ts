import type { ProviderError } from "../../../../shared/providers/provider_error.ts";

/** Attempts in all, the first included. */
export const MAX_ATTEMPTS = 4;

const BASE_SECONDS = 5;
const CAP_SECONDS = 120;
/** Attempts that failed together must not come back together. */
const JITTER = 0.25;

/**
 * Whether to try again after a failure.
 *
 * @param failedAttempts In a row, this one included.
 * @param isPoll Asking costs nothing, and what is asked for has been paid. The work goes on at the
 *   provider although it cannot be reached, or refuses a key that somebody has just changed: only the
 *   deadline ends the asking, or the provider's own word that the work has ended.
 */
export function isWorthAnother(
  { retryable, final, code }: Pick<ProviderError, "retryable" | "final" | "code">,
  failedAttempts: number,
  isPoll: boolean,
): boolean {
  if (!isPoll) return retryable && failedAttempts < MAX_ATTEMPTS;
  if (final || code === "content_refused" || code === "invalid_input") return false;
  // A result that is not usable will hardly become so.
  return code !== "invalid_result" || failedAttempts < MAX_ATTEMPTS;
}

/**
 * Seconds until the next attempt: about 5, 15, 45 after the first, second, third failure, and never
 * less than the provider asks for.
 *
 * @param random A number from 0 up to 1, as `Math.random` gives it.
 */
export function retryDelaySeconds(
  failedAttempts: number,
  retryAfterSeconds: number,
  random: number,
): number {
  const backoff = Math.min(CAP_SECONDS, BASE_SECONDS * 3 ** (failedAttempts - 1));
  const spread = backoff * (1 + JITTER * (2 * random - 1));
  return Math.max(spread, retryAfterSeconds);
}
