/** The longest that an isolate keeps back. */
const MAX_RESERVE_SECONDS = 15;

/**
 * Seconds of an isolate's life that a call leaves: to read what it sends, to store what it brings, and
 * to say so. A tenth of the life, and no more than is needed.
 */
export function isolateReserveSeconds(isolateSeconds: number): number {
  return Math.min(MAX_RESERVE_SECONDS, isolateSeconds / 10);
}

/**
 * Seconds that an isolate needs for a call that may take so long, from its start on: to find it, to
 * make it, and for what follows.
 */
export function isolateSecondsFor(maxCallSeconds: number, isolateSeconds: number): number {
  const reserve = isolateReserveSeconds(isolateSeconds);
  return maxCallSeconds + reserve + reserve / 3;
}

/** Whether a fresh isolate that lives for so long can live through a call that may take so long. */
export function fitsIsolate(maxCallSeconds: number, isolateSeconds: number): boolean {
  return isolateSecondsFor(maxCallSeconds, isolateSeconds) <= isolateSeconds;
}
