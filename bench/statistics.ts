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

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where the median of what the values are drawn from lies, with at least this confidence: from the
 * k-th smallest to the k-th largest value. Each value is above the true median as a coin falls, so the
 * binomial distribution gives k, whatever the values' own distribution is; and the same values always
 * give the same interval, as a bootstrap does not.
 */
export function intervalOfMedian(values: readonly number[], confidence = 0.9): Interval {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = rankOfLimit(values.length, (1 - confidence) / 2);
  const [low, high] = [sorted[rank - 1], sorted[values.length - rank]];
  if (rank === 0 || low === undefined || high === undefined) {
    throw new Error(`${values.length} values are too few for an interval of the median`);
  }
  return { low, high };
}

/** The largest k for which fewer than k heads in so many throws are at most as likely as that. */
function rankOfLimit(throws: number, probability: number): number {
  let heads = 0;
  let term = 0.5 ** throws;
  for (let sum = term; sum <= probability; sum += term) {
    heads++;
    term *= (throws - heads + 1) / heads;
  }
  return heads;
}
