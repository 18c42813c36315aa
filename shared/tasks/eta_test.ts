import assert from "node:assert/strict";
import { typicalRuns } from "../contract/typical_runs.ts";
import { seeded } from "../../testing/seeded.ts";
import { etaOfPending, etaOfRunning, type KnownRuns } from "./eta.ts";
import type { PoolLine } from "./pool_line.ts";

const history: KnownRuns = {
  seconds: Array.from({ length: 200 }, (_, index) => 20 + (index * 7) % 20),
  basedOn: "history",
};
const line: PoolLine = {
  turns: [1, 2, 3, 4],
  messageIds: [1, 2, 3, 4],
  firstStartSeconds: 0,
  lastStartSeconds: 80,
  isPausedForGood: false,
};

Deno.test("a run is told as what is left of it, in whole seconds, at least one", () => {
  assert.deepEqual(etaOfRunning(history, 0, 600), {
    seconds: 29,
    seconds_max: 37,
    based_on: "history",
  });
  assert.deepEqual(etaOfRunning(history, 25, 600).seconds, 8);
  for (let elapsed = 0; elapsed < 600; elapsed += 0.3) {
    const { seconds, seconds_max } = etaOfRunning(history, elapsed, 600 - elapsed);
    assert.ok(Number.isInteger(seconds) && Number.isInteger(seconds_max));
    assert.ok(seconds >= 1 && seconds_max >= seconds, `${seconds} to ${seconds_max} s`);
    assert.ok(seconds_max <= Math.ceil(600 - elapsed), "later than its deadline, which ends it");
  }
  assert.equal(etaOfRunning(history, -3, 600).seconds, 29, "clocks that differ");
  assert.equal(etaOfRunning(history, 601, -1).seconds_max, 1, "past its deadline");
});

Deno.test("who waits is told the wait and a run", () => {
  const first = etaOfPending(history, line, { turn: 1, messageId: 1 }, 600);
  assert.deepEqual([first.seconds, first.seconds_max], [29, 37]);
  const last = etaOfPending(history, line, { turn: 4, messageId: 4 }, 600);
  assert.equal(last.seconds, 60 + 29);
  assert.equal(last.seconds_max, 60 * 1.5 + 37);
  assert.equal(etaOfPending(history, line, { turn: 4, messageId: 4 }, 100).seconds_max, 100);
});

/** When the last of so many tasks is done that a lane starts one after the other. */
function endOfLast(runs: readonly number[], slots: number): number {
  const free = Array.from({ length: slots }, () => 0);
  let end = 0;
  for (const run of runs) {
    const start = Math.min(...free);
    end = start + run;
    free[free.indexOf(start)] = end;
  }
  return end;
}

Deno.test("who waits is done in time nine times of ten, however many start before", () => {
  const random = seeded(3);
  const [slots, times] = [3, 300];
  const run = (): number => 10 + 40 * random() ** 3;
  const runs = (count: number): number[] => Array.from({ length: count }, run);
  for (const before of [0, 3, 20, 100]) {
    let [held, sooner] = [0, 0];
    for (let time = 0; time < times; time++) {
      const known: KnownRuns = { seconds: runs(200), basedOn: "history" };
      const mean = known.seconds.slice(0, 50).reduce((sum, one) => sum + one) / 50;
      const turns = Array.from({ length: before + 1 }, (_, place) => place);
      // As private.expected_wait has it, in a lane that has just been filled.
      const [first, last] = [0, 1 + before].map((ahead) => mean * (ahead + 1) / slots);
      const waiting: PoolLine = {
        ...{ turns, messageIds: turns, isPausedForGood: false },
        ...{ firstStartSeconds: first ?? 0, lastStartSeconds: last ?? 0 },
      };
      const eta = etaOfPending(known, waiting, { turn: before, messageId: before }, 1e6);
      const end = endOfLast(runs(slots + before + 1), slots);
      if (end <= eta.seconds_max) held++;
      if (end <= eta.seconds) sooner++;
    }
    assert.ok(held >= 0.85 * times, `${held} of ${times} behind ${before}`);
    assert.ok(
      sooner >= 0.2 * times && sooner <= 0.85 * times,
      `${sooner} sooner, behind ${before}`,
    );
  }
});

Deno.test("without a history a run is told as the guide has it", () => {
  const cases: readonly [string, string, number, number][] = [
    ["openai", "image", 20, 30],
    ["stability", "image", 30, 45],
    ["stability", "model", 120, 180],
    ["recraft", "image", 20, 30],
    ["tripo", "model", 180, 300],
    ["flux", "image", 28, 45],
    ["unknown", "sound", 155, 300],
  ];
  for (const [provider, output, seconds, most] of cases) {
    const runs: KnownRuns = { seconds: typicalRuns(provider, output), basedOn: "typical" };
    const eta = etaOfRunning(runs, 0, 1_800);
    assert.equal(eta.based_on, "typical");
    assert.deepEqual([eta.seconds, eta.seconds_max], [seconds, most], provider);
    assert.ok(etaOfRunning(runs, most + 10, 1_800).seconds > 5, "one that takes longer");
  }
});
