import { retry } from "../../../shared/retry.ts";

/** Waits between tries, in milliseconds. Together longer than any lease is kept: the signal ends them. */
const DELAYS = [250, 500, 1_000, ...Array<number>(300).fill(2_000)];

/**
 * Asks a database that is away for a moment again, for as long as the task is held: what is to be
 * written there has been paid for, or is about to be.
 *
 * @param signal Aborted when the task is lost or its deadline has come.
 */
export function whileLeased<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(ask, { delays: DELAYS, signal });
}
