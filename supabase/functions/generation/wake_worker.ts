import { setTimeout } from "node:timers/promises";
import type { Log } from "../../../shared/log.ts";

/** The worker answers at once. */
const TIMEOUT_MILLISECONDS = 3_000;

/** Between two wake-up requests: not noticeable for a user, and many submits under load. */
const WINDOW_MILLISECONDS = 25;

/**
 * Wakes the worker after a submit: at once, and if something was submitted meanwhile, once more at the
 * end of a short window, so that many submits do not cause as many requests. A wake-up request that
 * fails costs nothing but time: the schedule wakes the worker, too.
 */
export function createWakeWorker({
  workerUrl,
  secret,
  log,
  waitUntil,
  sleep = setTimeout,
}: {
  readonly workerUrl: string;
  readonly secret: string;
  readonly log: Log;
  waitUntil(work: Promise<void>): void;
  sleep?(milliseconds: number): Promise<unknown>;
}): () => void {
  async function sendWakeUp(): Promise<void> {
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
  let isWindowOpen = false;
  let again = false;
  async function wakeUntilQuiet(): Promise<void> {
    isWindowOpen = true;
    do {
      again = false;
      // Not awaited: a request that hangs must not delay the next.
      waitUntil(sendWakeUp());
      await sleep(WINDOW_MILLISECONDS);
    } while (again);
    isWindowOpen = false;
  }
  return () => {
    again = true;
    if (!isWindowOpen) waitUntil(wakeUntilQuiet());
  };
}
