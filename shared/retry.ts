import { wait } from "./sleep.ts";

export interface RetryOptions {
  /** Waits between tries, in milliseconds; one more try than waits is made. */
  readonly delays: readonly number[];
  /** Ends the waiting, and with it the tries. */
  readonly signal?: AbortSignal;
  /** Whether another try may help. Default: always. */
  readonly isWorthIt?: (error: unknown) => boolean;
}

/**
 * Tries until it works, and throws the last error if it never does. For what must not be lost, and
 * may be done twice without harm; never for what costs money.
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const {
    delays: [delay, ...delays],
    signal,
    isWorthIt = () => true,
  } = options;
  try {
    return await work();
  } catch (error) {
    if (delay === undefined || !isWorthIt(error)) throw error;
    // Ended while waiting, what matters is still why the last try failed.
    await wait(delay, signal);
    if (signal?.aborted) throw error;
  }
  return await retry(work, { ...options, delays });
}
