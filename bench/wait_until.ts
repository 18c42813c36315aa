import { setTimeout } from "node:timers/promises";

/** Asks every few milliseconds until it is so. Throws when it is not in time. */
export async function waitUntil(
  name: string,
  isSo: () => Promise<boolean>,
  { everyMilliseconds = 10, timeoutSeconds = 60 } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${name}`);
    await setTimeout(everyMilliseconds);
  }
}
