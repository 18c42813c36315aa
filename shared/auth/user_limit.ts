import { ApiError } from "../contract/errors.ts";

const MINUTE_MILLISECONDS = 60_000;
/** Bounds the memory that users can take; beyond it the one who was quiet longest starts anew. */
const MAX_USERS = 10_000;

export interface UserLimitOptions {
  /** As many at once, and from then on one each time that this many fit into a minute. */
  readonly perMinute: number;
  /** What is counted, as in `600 requests`. */
  readonly what: string;
  readonly now?: () => number;
}

/**
 * How much a user may do within a minute. Counted in the memory of the isolate, so that it costs nothing:
 * users have as many times of it as isolates serve them, and it is no quota, but keeps one user from
 * taking an isolate and the database from all others.
 */
export interface UserLimit {
  /** Counts one. Throws an ApiError (429) that says when to try again if there were too many. */
  take(userId: string): void;
  /** Takes one back that was counted and is not to be. */
  giveBack(userId: string): void;
}

export function createUserLimit(
  { perMinute, what, now = Date.now }: UserLimitOptions,
): UserLimit {
  const interval = MINUTE_MILLISECONDS / perMinute;
  // When all that a user has taken would be over if it was taken one after the other.
  const takenUntil = new Map<string, number>();

  function set(userId: string, until: number): void {
    // The last in the map is who was here last.
    takenUntil.delete(userId);
    const [quietest] = takenUntil.keys();
    if (quietest !== undefined && takenUntil.size >= MAX_USERS) takenUntil.delete(quietest);
    takenUntil.set(userId, until);
  }

  return {
    take(userId) {
      const time = now();
      const until = Math.max(takenUntil.get(userId) ?? time, time) + interval;
      const excess = until - time - MINUTE_MILLISECONDS;
      // What floating point leaves over is no excess.
      if (excess > 0.001) {
        const retryAfterSeconds = Math.ceil(excess / 1_000);
        throw new ApiError(
          "rate_limited",
          `Limit of ${perMinute} ${what} a minute for each user reached; ` +
            `try again in ${retryAfterSeconds} s`,
          { retryAfterSeconds },
        );
      }
      set(userId, until);
    },
    giveBack(userId) {
      const until = takenUntil.get(userId);
      if (until !== undefined) takenUntil.set(userId, until - interval);
    },
  };
}
