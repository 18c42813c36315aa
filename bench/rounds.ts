import { type Load, putUnderLoad } from "./load.ts";
import type { Throughput } from "./results.ts";
import { median, medianTiming, type Timing } from "./statistics.ts";

export interface Comparison {
  readonly name: string;
  readonly callers: number;
  readonly atLeast?: number;
  backend(): Promise<unknown>;
  floor(): Promise<unknown>;
}

export interface RoundOptions {
  readonly rounds: number;
  /** For how long the backend and the floor are under load in each round. */
  readonly seconds: number;
  /** Done before each round. */
  prepare(): Promise<void>;
}

/**
 * Measures backend and floor in turns, so that what else the machine does meets both, and compares
 * the neighbours. A round before the first warms everything up and does not count.
 */
export async function compareInRounds(
  comparisons: readonly Comparison[],
  { rounds, seconds, prepare }: RoundOptions,
): Promise<Throughput[]> {
  const pairs = comparisons.map((): { backend: Timing; floor: Timing }[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { callers, backend, floor }] of comparisons.entries()) {
      await prepare();
      const load: Load = { callers, seconds: round === 0 ? seconds / 3 : seconds, calls: 50_000 };
      const pair = {
        backend: await putUnderLoad(load, backend),
        floor: await putUnderLoad(load, floor),
      };
      if (round > 0) pairs[index]?.push(pair);
    }
  }
  return comparisons.map(({ name, callers, atLeast }, index) => {
    const measured = pairs[index] ?? [];
    return {
      name,
      callers,
      backend: medianTiming(measured.map(({ backend }) => backend)),
      floor: medianTiming(measured.map(({ floor }) => floor)),
      ratio: median(measured.map(({ backend, floor }) => backend.perSecond / floor.perSecond)),
      ...(atLeast !== undefined && { atLeast }),
    };
  });
}
