import { sleep } from "./sleep.ts";

export interface RetryOptions {
  /** Delays between tries, in milliseconds; one more try than delays is made. */
  readonly delays: Iterable<number>;
  /** Ends the waiting, and with it the tries. */
  readonly signal?: AbortSignal;
  /** Whether another try may help. Default: always. */
  readonly isRetryable?: (error: unknown) => boolean;
}

/**
 * Tries until it works, and throws the last error if it never does. For what must not be lost, and
 * may be done twice without harm; never for what costs money.
 */
export async function retry<T>(
  work: () => Promise<T>,
  { delays, signal, isRetryable = () => true }: RetryOptions,
): Promise<T> {
  for (const delay of delays) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      await sleep(delay, signal);
      // Aborted while waiting: what matters is still why the last try failed.
      if (signal?.aborted) throw error;
    }
  }
  return await work();
}
