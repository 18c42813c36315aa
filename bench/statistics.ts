/** Percentiles and medians, and the seconds behind them. */

/** What a number of calls took. */
export interface Timing {
  /** Calls that ended in a second. */
  readonly perSecond: number;
  /** Half of the calls were faster; in milliseconds, as the others. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** The value below which the share of the values lies: the nearest that was measured. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error("No values, no percentile");
  return value;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * @param milliseconds Of each call.
 * @param seconds From the begin of the first call to the end of the last.
 */
export function timingOf(milliseconds: readonly number[], seconds: number): Timing {
  return {
    perSecond: milliseconds.length / seconds,
    p50: percentile(milliseconds, 0.5),
    p95: percentile(milliseconds, 0.95),
    p99: percentile(milliseconds, 0.99),
  };
}

/** The median of each figure by itself, over several rounds. */
export function medianTiming(rounds: readonly Timing[]): Timing {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p95: median(rounds.map(({ p95 }) => p95)),
    p99: median(rounds.map(({ p99 }) => p99)),
  };
}
