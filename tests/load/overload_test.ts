import assert from "node:assert/strict";
import { seeded } from "../../testing/seeded.ts";
import { type Job, Load } from "./load.ts";
import { show } from "./numbers.ts";
import { addLane, type Lane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

interface Case {
  readonly lane: Lane;
  readonly timeLimit: number;
  /** What the lane can do in a second. */
  readonly rate: number;
}

const cases: readonly Case[] = [
  { lane: { name: "openai", inFlight: 5, resultsPerMinute: 5 }, timeLimit: 600, rate: 5 / 60 },
  { lane: { name: "recraft", inFlight: 5 }, timeLimit: 60, rate: 0.5 },
];

/** Twice of what the lane can do, for three time limits. */
function makeJobs({ lane, timeLimit, rate }: Case): Job[] {
  const random = seeded(11);
  return Array.from({ length: Math.floor(2 * rate * 3 * timeLimit) }, (_, index) => ({
    ...{ at: 1 + Math.floor(index / (2 * rate)), user: `user ${index % 40}`, lane: lane.name },
    ...{ pool: "default", results: 1, seconds: 8 + Math.floor(random() * 5), timeLimit },
    leastRun: 8,
  }));
}

/** First come, first served, and nothing refused: what completes, and what is paid and cut off. */
function playNaively(jobs: readonly Job[], { lane }: Case): { complete: number; cutOff: number } {
  const perMinute = lane.resultsPerMinute ?? Infinity;
  const starts: number[] = [];
  const places = Array.from({ length: lane.inFlight }, () => 0);
  const result = { complete: 0, cutOff: 0 };
  for (const job of jobs) {
    const place = places.indexOf(Math.min(...places));
    const afterWindow = (starts[starts.length - perMinute] ?? -Infinity) + 60;
    const start = Math.max(job.at, places[place] ?? 0, afterWindow);
    const deadline = job.at + job.timeLimit;
    if (start >= deadline) continue;
    starts.push(start);
    places[place] = Math.min(start + job.seconds, deadline);
    if (start + job.seconds <= deadline) result.complete += 1;
    else result.cutOff += 1;
  }
  return result;
}

for (const one of cases) {
  Deno.test(`twice of what ${one.lane.name} can do: it does nine tenths of that, and cuts off nothing`, async () => {
    const jobs = makeJobs(one);
    await withVirtualTime(async ({ sql, set }) => {
      await addLane(sql, one.lane);
      const provider = new VirtualProvider(false, one.lane);
      const load = new Load({ sql, set }, { [one.lane.name]: provider }, 1);
      load.add(jobs);
      await load.play(4 * one.timeLimit);
      const naive = playNaively(jobs, one);
      const can = Math.floor(one.rate * 3 * one.timeLimit);
      const complete = load.seen.filter(({ status }) => status === "complete");
      const refused = load.seen.filter(({ id }) => id === null);
      const ended = load.seen.filter(({ id, status }) => id !== null && status !== "complete");
      show(`Overload: ${one.lane.name}, ${jobs.length} requests, can do ${can}`, [{
        complete: complete.length,
        purchases: provider.jobs.length,
        "of them while requests came": provider.jobs
          .filter(({ startedAt }) => startedAt <= 3 * one.timeLimit).length,
        "refused at submit": refused.length,
        "ended unbilled": ended.length,
        "429": provider.busyAt.length,
      }, { "first come first served": naive.complete, "paid and cut off": naive.cutOff }]);
      const inTime = provider.jobs.filter(({ startedAt }) => startedAt <= 3 * one.timeLimit);
      // What is cut off is told below: all that is started completes.
      assert.ok(inTime.length >= 0.9 * can, `${inTime.length} of ${can}`);
      assert.equal(provider.jobs.length, complete.length, "a purchase is cut off");
      assert.ok(refused.every(({ retryAfter }) => (retryAfter ?? 0) > 0));
      assert.ok(ended.every(({ calls }) => calls.length === 0));
    });
  });
}
