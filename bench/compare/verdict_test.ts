import assert from "node:assert/strict";
import type { Cost, Costs } from "./costs.ts";
import type { Round } from "./time_rounds.ts";
import { isOver, type Ratio, ratiosOfCosts, ratiosOfTimes, ratioTable } from "./verdict.ts";

const LIMIT = 1.05;

/** Twenty rounds on a machine that becomes slower, with two in which something else was going on. */
function rounds(factor: number): Round[] {
  return Array.from({ length: 20 }, (_, round) => {
    const disturbance = [3, 11].includes(round) ? 4 : 1;
    return { Submit: { ours: (2 + round) * factor * disturbance, theirs: 2 + round } };
  });
}

function costs(statements: number): Costs {
  const cost: Cost = { statements, buffers: 0, dirtied: 0, walBytes: 0 };
  return { submit: cost, claim: cost, settlement: cost, status: cost, idlePoll: cost };
}

const overs = (ratios: readonly Ratio[]): boolean[] => ratios.map((ratio) => isOver(ratio, LIMIT));

Deno.test("the ratio is that of the rounds, whatever each round was like", () => {
  const [submit] = ratiosOfTimes(rounds(1.02));
  assert.equal(submit?.ratio.toFixed(3), "1.020");
  assert.equal(submit?.name, "Submit, ms");
});

Deno.test("a time is over the limit when the upper end of its interval is", () => {
  assert.deepEqual(overs(ratiosOfTimes(rounds(1.04))), [false]);
  assert.deepEqual(overs(ratiosOfTimes(rounds(1.06))), [true]);
  assert.deepEqual(overs(ratiosOfTimes(rounds(0.5))), [false]);
  const unsure = [...rounds(1).slice(0, 13), ...rounds(1.2).slice(0, 7)];
  assert.deepEqual(overs(ratiosOfTimes(unsure)), [true]);
});

Deno.test("a count has no interval; nothing is as much as nothing, and something is more", () => {
  assert.ok(ratiosOfCosts(costs(17), costs(17)).every(({ ratio }) => ratio === 1));
  assert.ok(overs(ratiosOfCosts(costs(18), costs(17)))[0]);
  assert.ok(!overs(ratiosOfCosts(costs(16), costs(17)))[0]);
  assert.ok(overs(ratiosOfCosts(costs(1), costs(0)))[0]);
});

Deno.test("what was not measured is not within the limit", () => {
  const ratio = { name: "", ours: NaN, theirs: 1, ratio: NaN, interval: { low: NaN, high: NaN } };
  assert.ok(isOver(ratio, LIMIT));
});

Deno.test("the table has a line for each ratio", () => {
  const ratio: Ratio = {
    name: "Submit, ms",
    ours: 2.12,
    theirs: 2,
    ratio: 1.06,
    interval: { low: 1.01, high: 1.07 },
  };
  assert.equal(
    ratioTable([ratio], "main", LIMIT),
    [
      "| Measure    | this | main | Ratio | 90 % interval  | At most 1.05 |",
      "| ---------- | ---: | ---: | ----: | -------------- | ------------ |",
      "| Submit, ms | 2.12 |    2 | 1.060 | 1.010 to 1.070 | NO           |",
    ].join("\n"),
  );
});
