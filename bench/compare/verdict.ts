import { type Interval, intervalOfMedian, median } from "../statistics.ts";
import { figure, markdownTable } from "../table.ts";
import type { Cost, Costs } from "./costs.ts";
import type { Round } from "./time_rounds.ts";

const WORKS: readonly (readonly [keyof Costs, string])[] = [
  ["submit", "Submit"],
  ["claim", "Claim"],
  ["settlement", "Settlement"],
  ["status", "Status"],
  ["idlePoll", "Poll for work"],
];

const FIGURES: readonly (readonly [keyof Cost, string])[] = [
  ["statements", "SQL statements"],
  ["buffers", "buffers"],
  ["dirtied", "buffers dirtied"],
  ["walBytes", "WAL bytes"],
];

/** A measure of both versions; less is better. */
export interface Ratio {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
  /** Ours to theirs. */
  readonly ratio: number;
  /** Of the ratio; for what is counted it is no wider than the ratio. */
  readonly interval: Interval;
}

/** The median of the rounds' ratios: what slows down both in a round is in none of them. */
export function ratiosOfTimes(rounds: readonly Round[]): Ratio[] {
  return Object.keys(rounds[0] ?? {}).map((name) => {
    const pairs = rounds.flatMap((round) => round[name] ?? []);
    const ratios = pairs.map(({ ours, theirs }) => ours / theirs);
    return {
      name: `${name}, ms`,
      ours: median(pairs.map(({ ours }) => ours)),
      theirs: median(pairs.map(({ theirs }) => theirs)),
      ratio: median(ratios),
      interval: intervalOfMedian(ratios),
    };
  });
}

export function ratiosOfCosts(ours: Costs, theirs: Costs): Ratio[] {
  return WORKS.flatMap(([work, workName]) =>
    FIGURES.map(([key, figureName]) => {
      const [our, their] = [ours[work][key], theirs[work][key]];
      const ratio = our === their ? 1 : our / their;
      return {
        name: `${workName}: ${figureName}`,
        ours: our,
        theirs: their,
        ratio,
        interval: { low: ratio, high: ratio },
      };
    })
  );
}

/** Whether a measure may be worse than the limit allows. */
export function isOver({ interval }: Ratio, limit: number): boolean {
  return !(interval.high <= limit);
}

export function ratioTable(ratios: readonly Ratio[], otherName: string, limit: number): string {
  return markdownTable(
    ["Measure", "this", otherName, "Ratio", "90 % interval", `At most ${limit}`],
    ratios.map((ratio) => [
      ratio.name,
      figure(ratio.ours),
      figure(ratio.theirs),
      ratio.ratio.toFixed(3),
      ratio.interval.low === ratio.interval.high
        ? "counted"
        : `${ratio.interval.low.toFixed(3)} to ${ratio.interval.high.toFixed(3)}`,
      isOver(ratio, limit) ? "NO" : "yes",
    ]),
  );
}
