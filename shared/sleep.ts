/**
 * Passes the time, or less of it at the signal, which is no error: who wants to know asks the signal.
 * Of our own, since the same function of `node:timers/promises` is deaf to signals in the Deno of the
 * platform.
 */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal?.aborted) {
    resolve();
    return promise;
  }
  const end = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
    resolve();
  };
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener("abort", end);
  return promise;
}
