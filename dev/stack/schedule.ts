/**
 * How often the worker is woken. The platform's schedule is slower; here nothing else would notice a
 * task whose worker was lost.
 */
const INTERVAL_MILLISECONDS = 1_000;

/** Wakes the worker in intervals, as the platform's schedule does. Returns how to stop. */
export function startSchedule(workerUrl: string, secret: string): () => void {
  const timer = setInterval(async () => {
    try {
      const response = await fetch(workerUrl, {
        method: "POST",
        headers: { apikey: secret },
        signal: AbortSignal.timeout(INTERVAL_MILLISECONDS),
      });
      await response.body?.cancel();
    } catch {
      // It is being started again; the next time will do.
    }
  }, INTERVAL_MILLISECONDS);
  return () => clearInterval(timer);
}
