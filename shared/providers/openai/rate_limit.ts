import type { RateLimit } from "../rate_limit.ts";

/**
 * The window of images, of which the lowest tiers have few a minute. Only its headers count results; the
 * guide (https://developers.openai.com/api/docs/guides/rate-limits) names those of requests and tokens,
 * and these were seen in the field.
 */
export function readRateLimit(headers: Headers | undefined): RateLimit | undefined {
  const limit = countIn(headers?.get("x-ratelimit-limit-images"));
  const remaining = countIn(headers?.get("x-ratelimit-remaining-images"));
  const resetSeconds = secondsIn(headers?.get("x-ratelimit-reset-images"));
  if (limit === undefined && remaining === undefined && resetSeconds === undefined) {
    return undefined;
  }
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetSeconds !== undefined && { resetSeconds }),
  };
}

function countIn(text: string | null | undefined): number | undefined {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Such as `12s`, `1m30s`, `250ms`. */
const DURATION =
  /^(?=.)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6}(?:\.\d{1,9})?)s)?(?:(\d{1,6}(?:\.\d{1,9})?)ms)?$/;

/** Of the parts of a duration, in their order. */
const SECONDS = [3_600, 60, 1, 0.001];

function secondsIn(text: string | null | undefined): number | undefined {
  const [, ...parts] = DURATION.exec(text ?? "") ?? [];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, part, place) => sum + Number(part ?? 0) * (SECONDS[place] ?? 0), 0);
}
