/**
 * How often the worker is woken: without it nothing would notice a task whose worker was lost, or one
 * whose next attempt is due.
 */
const INTERVAL_MILLISECONDS = 500;
const TIMEOUT_MILLISECONDS = 3_000;

/** Wakes the worker in intervals. Returns how to stop. */
export function startSchedule(workerUrl: string, secret: string): () => void {
  const timer = setInterval(async () => {
    try {
      const response = await fetch(workerUrl, {
        method: "POST",
        headers: { apikey: secret },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      await response.body?.cancel();
    } catch {
      // It is being started again; the next time will do.
    }
  }, INTERVAL_MILLISECONDS);
  return () => clearInterval(timer);
}
