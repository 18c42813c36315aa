import { setTimeout } from "node:timers/promises";
import { sendWakeUp, type WorkerEndpoint } from "../../../shared/wake_up.ts";

/** Between two wake-up requests: not noticeable for a user, and many submits under load. */
const WINDOW_MILLISECONDS = 25;

/**
 * Wakes the worker after a submit: at once, and if something was submitted meanwhile, once more at the
 * end of a short window, so that many submits do not cause as many requests.
 */
export function createWakeWorker({
  waitUntil,
  sleep = setTimeout,
  ...endpoint
}: WorkerEndpoint & {
  waitUntil(work: Promise<void>): void;
  sleep?(milliseconds: number): Promise<unknown>;
}): () => void {
  let isWindowOpen = false;
  let again = false;
  async function wakeUntilQuiet(): Promise<void> {
    isWindowOpen = true;
    do {
      again = false;
      // Not awaited: a request that hangs must not delay the next.
      waitUntil(sendWakeUp(endpoint));
      await sleep(WINDOW_MILLISECONDS);
    } while (again);
    isWindowOpen = false;
  }
  return () => {
    again = true;
    if (!isWindowOpen) waitUntil(wakeUntilQuiet());
  };
}
