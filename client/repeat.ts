import type { Clock } from "./clock.ts";
import { MakeIt3DError, RefusedError, UnreachableError } from "./errors.ts";
import type { OnProblem } from "./problems.ts";

/** A later time is for the app to decide: nobody looks at a spinner for longer. */
const LONGEST_WAIT_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 15;
/** With the pauses between them, somewhat more than a minute. */
const ATTEMPTS = 10;

/**
 * In how many milliseconds the same may be tried again; undefined: not soon, or never.
 *
 * @param failures How often it has failed in a row, with this one.
 */
export function pauseAfter(error: unknown, failures: number): number | undefined {
  const isPassing = error instanceof UnreachableError ||
    (error instanceof RefusedError && error.isRetryable);
  if (!isPassing) return undefined;
  const asked = error instanceof RefusedError ? error.retryAfterSeconds : undefined;
  if (asked !== undefined) return asked > LONGEST_WAIT_SECONDS ? undefined : asked * 1000;
  const seconds = Math.min(2 ** failures / 4, LONGEST_PAUSE_SECONDS);
  // Phones that lost one network do not come back at one moment.
  return seconds * (800 + 400 * Math.random());
}

export interface RepeatOptions {
  /** Ends a pause. */
  readonly signal?: AbortSignal | undefined;
  /** Told before each pause, and when there is none any more: it is done, or given up. */
  readonly onProblem?: OnProblem | undefined;
}

/** Tries what may be done twice until it is done, or until repeating it is neither safe nor soon. */
export async function repeat<T>(
  attempt: () => Promise<T>,
  clock: Clock,
  { signal, onProblem }: RepeatOptions = {},
): Promise<T> {
  let isTold = false;
  try {
    for (let failures = 1;; failures++) {
      try {
        return await attempt();
      } catch (error) {
        const pause = pauseAfter(error, failures);
        const isLast = pause === undefined || failures >= ATTEMPTS;
        if (isLast || !(error instanceof MakeIt3DError)) throw error;
        isTold = true;
        onProblem?.(error);
        await clock.sleep(pause, signal);
      }
    }
  } finally {
    if (isTold) onProblem?.(undefined);
  }
}
