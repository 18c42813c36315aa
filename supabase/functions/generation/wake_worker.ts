import type { Log } from "../../../shared/log.ts";

/** The worker answers at once; longer than this nobody needs to wait for it. */
const TIMEOUT_MILLISECONDS = 3_000;

/**
 * Rings the worker's bell after a submit: once at a time, and once more if something was submitted
 * meanwhile, so that many submits are not as many calls. A bell that is not heard costs nothing but
 * time: the schedule wakes the worker, too.
 */
export function createWakeWorker({
  workerUrl,
  secret,
  log,
  waitUntil,
}: {
  readonly workerUrl: string;
  readonly secret: string;
  readonly log: Log;
  waitUntil(work: Promise<void>): void;
}): () => void {
  async function ring(): Promise<void> {
    try {
      const response = await fetch(workerUrl, {
        method: "POST",
        headers: { apikey: secret },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      await response.body?.cancel();
      if (!response.ok) {
        log.warn("worker not woken", { status: response.status });
      }
    } catch (error) {
      log.warn("worker not woken", { reason: String(error) });
    }
  }
  let isRinging = false;
  let again = false;
  async function ringUntilHeard(): Promise<void> {
    isRinging = true;
    do {
      again = false;
      await ring();
    } while (again);
    isRinging = false;
  }
  return () => {
    again = true;
    if (!isRinging) waitUntil(ringUntilHeard());
  };
}
