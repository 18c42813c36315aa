import assert from "node:assert/strict";
import { type Job, Load } from "./load.ts";
import { percentile, show } from "./numbers.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const POLLS_PER_SECOND = 5;

const accepted: Job = {
  ...{ at: 0, user: "many", lane: "slow", pool: "default", results: 1 },
  ...{ seconds: 3600, timeLimit: 7200 },
};

function makeOthers(): Job[] {
  return Array.from({ length: 60 }, (_, index) => ({
    ...{ at: 1 + 2 * index, user: `user ${index % 10}`, lane: "recraft", pool: "default" },
    ...{ results: 1, seconds: 8, timeLimit: 600 },
  }));
}

interface Run {
  readonly waits: readonly number[];
  readonly gaps: readonly number[];
  readonly unpolled: number;
  readonly pollsAt: readonly number[];
}

async function play(count: number, until: number): Promise<Run> {
  let run: Run = { waits: [], gaps: [], unpolled: 0, pollsAt: [] };
  await withVirtualTime(async ({ sql, set }) => {
    const slow = { name: "slow", inFlight: 3000, pollsPerSecond: POLLS_PER_SECOND };
    await addLane(sql, slow);
    await addLane(sql, { name: "recraft", inFlight: 3 });
    const providers = { slow: new VirtualProvider(true), recraft: new VirtualProvider(false) };
    const load = new Load({ sql, set }, providers);
    if (count > 0) await load.addAccepted(accepted, count);
    load.add(makeOthers());
    await load.play(until);
    const others = load.seen.filter(({ job }) => job.lane === "recraft");
    const many = load.seen.filter(({ job }) => job.lane === "slow");
    run = {
      waits: others.map(({ job, calls }) => (calls[0]?.at ?? Infinity) - job.at),
      gaps: many.flatMap(({ polls }) => polls.map((at, index) => at - (polls[index - 1] ?? 0))),
      unpolled: many.filter(({ polls }) => polls.length === 0).length,
      pollsAt: many.flatMap(({ polls }) => polls),
    };
  });
  return run;
}

Deno.test("accepted tasks are polled in turn, and delay no start of another lane", async () => {
  const without = await play(0, 200);
  for (const count of [600, 2400]) {
    const fairGap = count / POLLS_PER_SECOND;
    const { waits, gaps, unpolled, pollsAt } = await play(count, Math.max(200, 1.25 * fairGap));
    const perSecond = new Map<number, number>();
    for (const at of pollsAt) {
      perSecond.set(Math.floor(at), (perSecond.get(Math.floor(at)) ?? 0) + 1);
    }
    const most = Math.max(...perSecond.values());
    const waitWithout = percentile(without.waits, 0.95);
    const wait = percentile(waits, 0.95);
    show(`Accepted: ${count}, ${POLLS_PER_SECOND} polls a second`, [{
      "wait p95 without": waitWithout,
      "wait p95": wait,
      "wait max": Math.max(...waits),
      "fair gap": fairGap,
      "longest gap": Math.max(...gaps),
      unpolled,
      polls: pollsAt.length,
      "most polls in a second": most,
    }]);
    assert.ok(wait <= 1.2 * waitWithout);
    assert.equal(unpolled, 0);
    assert.ok(Math.max(...gaps) <= 1.2 * fairGap);
    assert.ok(most <= 2 * POLLS_PER_SECOND, "more than a burst");
    const seconds = Math.max(...pollsAt) - Math.min(...pollsAt) + 1;
    assert.ok(pollsAt.length <= POLLS_PER_SECOND * (seconds + 1));
  }
});
