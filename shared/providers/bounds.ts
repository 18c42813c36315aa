/**
 * Bounds of what a provider says, before it becomes a row or a wait: a number of anybody else's is odd one
 * day, and must not cost a result that is paid.
 *
 * @module
 */
import type { RateLimit } from "./rate_limit.ts";

/** How long a provider may have its lane paused at most, whatever it asks for. */
export const MAX_PAUSE_SECONDS = 900;

/** How long accepted work waits at most until it is asked for again: results at URLs die in minutes. */
export const MAX_POLL_DELAY_SECONDS = 120;

/** Far above the dearest call. */
const MAX_COST_USD = 1_000;

/** Longer than any id or name of a provider. */
export const MAX_NAME_LENGTH = 200;

/** Six URLs with long signatures fit in, and it is read with every claim. */
export const MAX_HANDLE_LENGTH = 32_768;

/** The longest prompt that a service takes. */
const MAX_WORDS_LENGTH = 32_000;

/** Far above what any account may have made in a window. */
const MAX_RATE_LIMIT = 1_000_000;

/** Windows are minutes long; what is longer is none that a lane could keep in step with. */
const MAX_RESET_SECONDS = 3_600;

/** Whole seconds, from 0 up to a maximum; 0 for what is no number. */
export function boundedDelay(seconds: number, maxSeconds: number): number {
  return Number.isNaN(seconds) ? 0 : Math.min(maxSeconds, Math.max(0, Math.ceil(seconds)));
}

/** A whole number from 0 up to 100; undefined for what is no number. */
export function boundedPercentage(progress: number | undefined): number | undefined {
  if (progress === undefined || Number.isNaN(progress)) return undefined;
  return Math.round(Math.min(100, Math.max(0, progress)));
}

/** In USD; undefined, which is unknown, for what no call costs. */
export function boundedCost(usd: number | undefined): number | undefined {
  return usd !== undefined && usd >= 0 && usd <= MAX_COST_USD ? usd : undefined;
}

/** What can be believed of a window of results; undefined if nothing can. */
export function boundedRateLimit(told: RateLimit | undefined): RateLimit | undefined {
  const { limit, remaining, resetSeconds } = told ?? {};
  const isLimit = isCount(limit, 1, MAX_RATE_LIMIT);
  const bounded = {
    ...(isLimit && { limit }),
    ...(isCount(remaining, 0, isLimit ? limit : MAX_RATE_LIMIT) && { remaining }),
    ...(isWithin(resetSeconds, 0, MAX_RESET_SECONDS) && { resetSeconds }),
  };
  return Object.keys(bounded).length > 0 ? bounded : undefined;
}

function isCount(value: number | undefined, least: number, most: number): value is number {
  return Number.isInteger(value) && isWithin(value, least, most);
}

function isWithin(value: number | undefined, least: number, most: number): value is number {
  return value !== undefined && value >= least && value <= most;
}

/** A name or an id; undefined if it is empty or has more characters than any. */
export function boundedName(name: string | undefined): string | undefined {
  const clean = name === undefined ? "" : storable(name);
  return clean && clean.length <= MAX_NAME_LENGTH ? clean : undefined;
}

/** A text of a provider's; undefined if it is empty, cut where it is too long for a row. */
export function boundedWords(words: string | undefined): string | undefined {
  return storable((words ?? "").slice(0, MAX_WORDS_LENGTH)) || undefined;
}

/** A whole number; undefined for what is none. */
export function boundedSeed(seed: number | undefined): number | undefined {
  return Number.isSafeInteger(seed) ? seed : undefined;
}

/** Text in Postgres has no NUL and no half of a surrogate pair, whatever a provider writes. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
