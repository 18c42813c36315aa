/** Why a signal was aborted; React Native's does not say. */
export function abortReason({ reason }: AbortSignal): unknown {
  return reason ?? Object.assign(new Error("Aborted"), { name: "AbortError" });
}

/** Waits for no longer than the signal says. */
export async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  reason: () => Error,
): Promise<T> {
  if (!signal) return await work;
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(reason());
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
