import assert from "node:assert/strict";
import { seeded } from "../../testing/seeded.ts";
import { remainingOfRun } from "./remaining_time.ts";

type Draw = (random: () => number) => number;

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** How long runs take, in seconds. */
const KINDS: Readonly<Record<string, Draw>> = {
  "log-normal": (random) => 20 * Math.exp(0.6 * normal(random)),
  "bimodal": (random) => (random() < 0.7 ? 8 : 60) * Math.exp(0.2 * normal(random)),
  "with a heavy tail": (random) => 10 * (1 - random()) ** (-1 / 1.7),
};

/** What has not ended by then is ended. */
const DEADLINE_SECONDS = 600;
/** How often an app looks. */
const EVERY_SECONDS = 4;

/** How many of the looks at a run there were, and how often the upper bound held. */
interface Looks {
  readonly looks: number;
  readonly held: number;
}

function lookAt(run: number, history: readonly number[]): Looks {
  let [looks, held] = [0, 0];
  for (let elapsed = 0; elapsed < run; elapsed += EVERY_SECONDS) {
    const { seconds, secondsMax } = remainingOfRun(history, elapsed);
    assert.ok(seconds > 0 && secondsMax >= seconds, `${seconds} to ${secondsMax} s`);
    looks++;
    if (run - elapsed <= secondsMax) held++;
  }
  return { looks, held };
}

function shareHeld(all: readonly Looks[]): number {
  const sum = (of: (one: Looks) => number): number =>
    all.reduce((before, one) => before + of(one), 0);
  return sum(({ held }) => held) / sum(({ looks }) => looks);
}

function drawRuns(draw: Draw, random: () => number, count: number, slower = 1): number[] {
  return Array.from({ length: count }, () => Math.min(DEADLINE_SECONDS, slower * draw(random)));
}

for (const [name, draw] of Object.entries(KINDS)) {
  Deno.test(`the upper bound holds nine times of ten for runs that are ${name}`, () => {
    const random = seeded(1);
    const shareAfter = (runs: number): number =>
      shareHeld(
        Array.from(
          { length: 250 },
          () => lookAt(drawRuns(draw, random, 1)[0] ?? 0, drawRuns(draw, random, runs)),
        ),
      );
    const known = shareAfter(200);
    assert.ok(known >= 0.85 && known <= 0.95, `${known} with 200 runs`);
    for (const few of [10, 20, 50]) {
      const share = shareAfter(few);
      assert.ok(share >= 0.75, `${share} with ${few} runs`);
    }
  });

  Deno.test(`after 50 runs twice as slow it holds again, for runs that are ${name}`, () => {
    const random = seeded(2);
    const looks = Array.from({ length: 15 }, () => {
      let history = drawRuns(draw, random, 200);
      const slow = drawRuns(draw, random, 80, 2).map((run) => {
        const seen = lookAt(run, history);
        history = [run, ...history].slice(0, 200);
        return seen;
      });
      return slow.slice(50);
    });
    const share = shareHeld(looks.flat());
    assert.ok(share >= 0.85 && share <= 0.95, `${share}`);
  });
}

Deno.test("a run that lasts longer than all others may last as long again, and is never done in no time", () => {
  const runs = Array.from({ length: 200 }, () => 10);
  const { seconds, secondsMax } = remainingOfRun(runs, 100);
  assert.ok(seconds > 30 && secondsMax > 200, `${seconds} to ${secondsMax} s`);
  assert.deepEqual(remainingOfRun(runs, 9.5), { seconds: 0.5, secondsMax: 0.5 });
});

Deno.test("with few runs the upper bound is beyond the longest", () => {
  assert.ok(remainingOfRun([10, 11, 12], 0).secondsMax > 12);
  const many = Array.from({ length: 200 }, (_, index) => 10 + index % 20);
  assert.ok(remainingOfRun(many, 0).secondsMax < 30);
});
