/** What a run usually takes, in seconds: at least, and at most. */
type TypicalRun = readonly [least: number, most: number];

/** By provider and what it makes, as the API guide has it. */
const TYPICAL_RUNS: Readonly<Record<string, Readonly<Record<string, TypicalRun>>>> = {
  openai: { image: [10, 30] },
  stability: { image: [15, 45], model: [60, 180] },
  recraft: { image: [10, 30] },
  tripo: { model: [60, 300] },
};

/** Of what the guide does not name. */
const OTHERS: Readonly<Record<string, TypicalRun>> = { image: [10, 45], model: [60, 300] };

const OF_UNKNOWN_KIND: TypicalRun = [10, 300];

/** How many runs stand for what is typical: few enough that the longest is the upper bound of the next. */
const RUNS = 11;

/** Runs as they usually are, in seconds: evenly spread over what is typical. */
export function typicalRuns(provider: string, output: string): readonly number[] {
  const [least, most] = TYPICAL_RUNS[provider]?.[output] ?? OTHERS[output] ?? OF_UNKNOWN_KIND;
  return Array.from({ length: RUNS }, (_, place) => least + (most - least) * place / (RUNS - 1));
}
