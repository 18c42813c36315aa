/** Speed before a disruption and after it, in completed tasks per second. */
export interface Recovery {
  readonly before: number;
  /** In the first window after it. */
  readonly after: number;
  /** When a window ended that was as fast as before; undefined: not in time. */
  readonly seconds: number | undefined;
}

/** How much of the speed before has to be back. */
const SHARE = 0.95;
const IN_SECONDS = 15;
/** Shorter ones jump more: at three tasks a second, five seconds hold about fifteen. */
const WINDOW_SECONDS = 5;
const BEFORE_SECONDS = 15;
const STEP_SECONDS = 0.5;

/**
 * @param ends When tasks completed, in seconds of the same clock.
 * @param arrivals Tasks a second that come. What was faster before had fallen behind, and was making
 *   up for it.
 */
export function measureRecovery(
  ends: readonly number[],
  disruption: number,
  arrivals: number,
): Recovery {
  const before = speedIn(ends, disruption - BEFORE_SECONDS, disruption);
  const speedUpTo = (end: number): number =>
    speedIn(ends, disruption + end - WINDOW_SECONDS, disruption + end);
  let seconds: number | undefined;
  // The first window lies wholly after the disruption.
  for (let end = WINDOW_SECONDS; end <= IN_SECONDS && seconds === undefined; end += STEP_SECONDS) {
    if (speedUpTo(end) >= SHARE * Math.min(before, arrivals)) seconds = end;
  }
  return { before, after: speedUpTo(WINDOW_SECONDS), seconds };
}

/** Completed tasks in each of the windows from the start on. */
export function countWindows(ends: readonly number[], total: number): number[] {
  const windows = Array.from({ length: Math.ceil(total / WINDOW_SECONDS) }, () => 0);
  for (const end of ends) {
    const index = Math.floor(end / WINDOW_SECONDS);
    windows[index] = (windows[index] ?? 0) + 1;
  }
  return windows;
}

function speedIn(ends: readonly number[], from: number, to: number): number {
  return ends.filter((end) => end > from && end <= to).length / (to - from);
}
