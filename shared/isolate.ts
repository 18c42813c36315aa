/**
 * Seconds of an isolate's life that a call leaves: to read what it sends, to store what it brings, and
 * to say so.
 */
export const ISOLATE_RESERVE_SECONDS = 15;

/** Whether a call that may take so long can begin in an isolate that has so much of its life left. */
export function fitsIsolate(maxCallSeconds: number, lifeSeconds: number): boolean {
  return maxCallSeconds + ISOLATE_RESERVE_SECONDS <= lifeSeconds;
}
