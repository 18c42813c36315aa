import { setTimeout } from "node:timers/promises";
import { percentile } from "../../../bench/statistics.ts";

/** Two windows that follow each other, one in quiet and one under attack: milliseconds of submits. */
export interface Pair {
  readonly quiet: readonly number[];
  readonly attacked: readonly number[];
}

/** Percentile of the submits under attack, as so many times that of the quiet ones. */
export function ratioOf(pairs: readonly Pair[], share: number): number {
  const all = (kind: keyof Pair): number => percentile(pairs.flatMap((pair) => pair[kind]), share);
  return all("attacked") / all("quiet");
}

const RESAMPLES = 2000;

/**
 * Where that ratio lies with a confidence of 90 %: of pairs drawn again and again from the ones there
 * are, since the submits of a window have seen the same machine.
 */
export function intervalOfRatio(
  pairs: readonly Pair[],
  share: number,
): { readonly low: number; readonly high: number } {
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const drawn = pairs.flatMap(() => pairs[Math.floor(Math.random() * pairs.length)] ?? []);
    return ratioOf(drawn, share);
  });
  return { low: percentile(ratios, 0.05), high: percentile(ratios, 0.95) };
}

/**
 * Submits one after the other, each at its time if the one before has ended by then. Returns what each
 * has taken, in milliseconds.
 */
export async function measureWindow(
  submit: () => Promise<void>,
  { submits, everyMilliseconds }: { readonly submits: number; readonly everyMilliseconds: number },
): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  const begin = performance.now();
  for (let number = 0; number < submits; number++) {
    const wait = begin + number * everyMilliseconds - performance.now();
    if (wait > 0) await setTimeout(wait);
    const start = performance.now();
    await submit();
    milliseconds.push(performance.now() - start);
  }
  return milliseconds;
}
