import { ApiError } from "../contract/errors.ts";

/** The limit that a submit exceeds, as the database names it. */
export interface LimitReached {
  readonly exceededLimit: keyof typeof MESSAGES;
  readonly allowed: number;
  readonly retryAfterSeconds: number;
}

type LimitMessage = (allowed: number, seconds: number) => string;

const again = (seconds: number): string => `try again in ${seconds} s`;

/** The names are those of the columns of private.limits, and those of what has other tables or none. */
const MESSAGES = {
  submits_per_minute: (allowed, seconds) =>
    `Limit of ${allowed} submits a minute for each user reached; ${again(seconds)}`,
  active_tasks: (allowed) =>
    `Limit of ${allowed} unfinished tasks for each user reached; ` +
    "wait until one has ended, or cancel one, and try again",
  key_submits_per_minute: (allowed, seconds) =>
    `Limit of ${allowed} submits a minute for this API key reached; ${again(seconds)}`,
  content_refusals: (refusals, seconds) =>
    `${refusals} requests of this user were refused for their content lately; ` +
    `change what is asked for, and ${again(seconds)}`,
  time_limit: (allowed, seconds) =>
    `So much waits for this provider that the request would not be done within its ${allowed} s; ` +
    `${again(seconds)}, or choose another provider`,
} satisfies Record<string, LimitMessage>;

/** The error of a submit that would have exceeded a limit. */
export function rejectByLimit(
  { exceededLimit, allowed, retryAfterSeconds }: LimitReached,
): ApiError {
  return new ApiError("rate_limited", MESSAGES[exceededLimit](allowed, retryAfterSeconds), {
    retryAfterSeconds,
  });
}
