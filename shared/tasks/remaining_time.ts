/** What is left of something, in seconds. */
export interface Remaining {
  /** As often less than this as more. */
  readonly seconds: number;
  /** Nine times of ten it is no more. */
  readonly secondsMax: number;
}

/** A run counts half as much as one that ended so many runs later. */
const HALF_LIFE_RUNS = 20;

/**
 * How runs end that are longer than all known ones: of those that last for a time, a quarter lasts twice
 * as long. Lengths of runs have heavy tails, so what has run for long may go on for long.
 */
const TAIL_INDEX = 2;

const MEDIAN = 0.5;
const UPPER = 0.9;

interface KnownRun {
  readonly seconds: number;
  readonly weight: number;
}

/**
 * What is left of a run, by how long others took that had lasted as long: median and 90th percentile.
 *
 * @param runs How long the last runs took, in seconds, the newest first.
 * @param elapsed For how long this one runs already, in seconds.
 */
export function remainingOfRun(runs: readonly number[], elapsed: number): Remaining {
  const longer = runs
    .map((seconds, age): KnownRun => ({ seconds, weight: 2 ** (-age / HALF_LIFE_RUNS) }))
    .filter(({ seconds }) => seconds > elapsed)
    .sort((left, right) => left.seconds - right.seconds);
  return {
    seconds: quantileOfNext(longer, elapsed, MEDIAN) - elapsed,
    secondsMax: quantileOfNext(longer, elapsed, UPPER) - elapsed,
  };
}

/**
 * A length that the next run keeps to with the given probability. One more run may fall into each gap
 * between n known ones alike, before the first and after the last, too: so with few of them the upper
 * bound is beyond the longest.
 */
function quantileOfNext(
  runs: readonly KnownRun[],
  elapsed: number,
  probability: number,
): number {
  const total = runs.reduce((sum, { weight }) => sum + weight, 0);
  const squares = runs.reduce((sum, { weight }) => sum + weight ** 2, 0);
  // As many runs of the same weight would tell as much.
  const count = squares === 0 ? 0 : total ** 2 / squares;
  const level = probability * (count + 1) / count;
  if (!(level <= 1)) {
    const longest = runs.at(-1)?.seconds ?? elapsed;
    return longest * (1 / (count + 1) / (1 - probability)) ** (1 / TAIL_INDEX);
  }
  let below = 0;
  const found = runs.find(({ weight }) => (below += weight) >= level * total);
  return (found ?? runs.at(-1))?.seconds ?? elapsed;
}
