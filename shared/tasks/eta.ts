import type { Eta } from "../contract/outlook.ts";
import { type Place, type PoolLine, startOf, startsBefore } from "./pool_line.ts";
import { type Remaining, remainingOfRun } from "./remaining_time.ts";

/** How long runs of a kind take, in seconds, the newest first, and where that is known from. */
export interface KnownRuns {
  readonly seconds: readonly number[];
  readonly basedOn: Eta["based_on"];
}

/**
 * @param elapsed For how long the task runs, in seconds.
 * @param secondsLeft Until its deadline, which ends it.
 */
export function etaOfRunning(runs: KnownRuns, elapsed: number, secondsLeft: number): Eta {
  // The clocks of isolate and database may differ a little.
  return etaOf(remainingOfRun(runs.seconds, Math.max(elapsed, 0)), secondsLeft, runs);
}

/** By how much of it a wait may always be longer: the mean of the last runs is not that of the next. */
const LEAST_DOUBT = 0.25;

/**
 * The wait for its start, and then a run. Of many that start before, some are fast and some are slow, so
 * their sum is the more certain the more they are.
 */
export function etaOfPending(
  runs: KnownRuns,
  line: PoolLine,
  place: Place,
  secondsLeft: number,
): Eta {
  const start = startOf(line, place);
  const run = remainingOfRun(runs.seconds, 0);
  const doubt = Math.max(LEAST_DOUBT, 1 / Math.sqrt(startsBefore(line, place) + 1));
  const latestStart = start * (1 + doubt);
  return etaOf(
    { seconds: start + run.seconds, secondsMax: latestStart + run.secondsMax },
    secondsLeft,
    runs,
  );
}

/** Whole seconds, at least one: what goes on is not done. */
function etaOf({ seconds, secondsMax }: Remaining, secondsLeft: number, runs: KnownRuns): Eta {
  const most = Math.max(1, Math.ceil(Math.min(secondsMax, secondsLeft)));
  return {
    seconds: Math.min(most, Math.max(1, Math.round(seconds))),
    seconds_max: most,
    based_on: runs.basedOn,
  };
}
