import { retry } from "../../../../shared/retry.ts";

/** Delays between tries, in milliseconds. They have no end: the signal ends the tries. */
function* delays(): Generator<number> {
  yield* [250, 500, 1_000];
  while (true) yield 2_000;
}

/**
 * Repeats a call of a database that cannot be reached for as long as the task is held: what it writes
 * has been paid for, or is about to be.
 *
 * @param signal Aborted when the task is lost or its deadline has come.
 */
export function retryUntilLeaseLost<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(call, { delays: delays(), signal });
}
