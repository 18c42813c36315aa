import { setTimeout } from "node:timers/promises";

/**
 * Asks again and again until there is an answer. Throws with the name of what was waited for when
 * there is none in time.
 */
export async function waitUntil<T>(
  name: string,
  ask: () => Promise<T | undefined | false>,
  timeoutSeconds = 20,
  everyMilliseconds = 50,
): Promise<T> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutSeconds} s in vain for ${name}`);
    await setTimeout(everyMilliseconds);
  }
}
