import assert from "node:assert/strict";
import { typicalRuns } from "../contract/typical_runs.ts";
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
  for (let elapsed = 0; elapsed < 600; elapsed += 0.5) {
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
