import { setTimeout } from "node:timers/promises";
import type { Log } from "../../../shared/log.ts";

/** The worker answers at once; longer than this nobody needs to wait for it. */
const TIMEOUT_MILLISECONDS = 3_000;

/** From one ring to the next: far less than anybody notices, and many submits under load. */
const WINDOW_MILLISECONDS = 25;

/**
 * Rings the worker's bell after a submit: at once, and if something was submitted meanwhile, once more
 * at the end of a short window, so that many submits are not as many calls. A bell that is not heard
 * costs nothing but time: the schedule wakes the worker, too.
 */
export function createWakeWorker({
  workerUrl,
  secret,
  log,
  waitUntil,
  pass = setTimeout,
}: {
  readonly workerUrl: string;
  readonly secret: string;
  readonly log: Log;
  waitUntil(work: Promise<void>): void;
  /** Lets the time pass. */
  pass?(milliseconds: number): Promise<unknown>;
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
  let isWindowOpen = false;
  let again = false;
  async function ringWhileAsked(): Promise<void> {
    isWindowOpen = true;
    do {
      again = false;
      // Not waited for: one that hangs must not hold up the next.
      waitUntil(ring());
      await pass(WINDOW_MILLISECONDS);
    } while (again);
    isWindowOpen = false;
  }
  return () => {
    again = true;
    if (!isWindowOpen) waitUntil(ringWhileAsked());
  };
}
