const BASE_SECONDS = 5;
const CAP_SECONDS = 120;
/** Attempts that failed together must not be repeated together. */
const JITTER = 0.25;

/**
 * Seconds until the next attempt: about 5, 15, 45 after the first, second, third failure, and never
 * less than the provider asks for.
 *
 * @param failedAttempts In a row, this one included.
 * @param random A number from 0 up to 1, as `Math.random` returns it.
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
