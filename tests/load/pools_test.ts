import assert from "node:assert/strict";
import { seeded } from "../../testing/seeded.ts";
import { type Job, Load } from "./load.ts";
import { percentile, show } from "./numbers.ts";
import { POLL_SECONDS } from "./outcomes.ts";
import { simulatePool } from "./pool_simulation.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const pools = { texture: 5, generation: 10 };

function makeJobs(): Job[] {
  const random = seeded(7);
  const jobs = Array.from({ length: 200 }, (_, index): Job => ({
    at: Math.floor(1 + random() * 120),
    user: `user ${index % 12}`,
    lane: "tripo",
    pool: random() < 0.35 ? "texture" : "generation",
    results: 1,
    seconds: 1 + Math.floor(random() * 80),
    timeLimit: 3600,
  }));
  return jobs.sort((a, b) => a.at - b.at);
}

Deno.test("two pools are full and never overfull, and nobody waits longer than the rules say", async () => {
  const jobs = makeJobs();
  await withVirtualTime(async ({ sql, set }) => {
    await addLane(sql, { name: "tripo", inFlight: 15, pools });
    const provider = new VirtualProvider(true, { pools });
    const load = new Load({ sql, set }, { tripo: provider });
    load.add(jobs);
    await load.play(1500);
    assert.deepEqual([...new Set(load.seen.map(({ status }) => status))], ["complete"]);
    assert.equal(provider.busyAt.length, 0, "the provider refuses none");
    for (const [pool, places] of Object.entries(pools)) {
      const seen = load.seen.filter(({ job }) => job.pool === pool);
      const ideal = simulatePool(seen.map(({ job }) => job), places, POLL_SECONDS);
      const waits = seen.map(({ job, calls }) => (calls[0]?.at ?? Infinity) - job.at);
      const idealWaits = seen.map(({ job }, index) => (ideal[index] ?? 0) - job.at);
      const excess = waits.map((wait, index) => wait - 1.1 * (idealWaits[index] ?? 0));
      show(`Pools: ${pool} of ${places}, ${seen.length} tasks`, [
        { wait: "seen", p50: percentile(waits, 0.5), max: Math.max(...waits) },
        { wait: "by the rules", p50: percentile(idealWaits, 0.5), max: Math.max(...idealWaits) },
        {
          peak: provider.peak[pool],
          "429": provider.busyAt.length,
          "worst excess over 1.1": Math.max(...excess).toFixed(1),
        },
      ]);
      assert.equal(provider.peak[pool], places);
      assert.ok(Math.max(...excess) <= 1, "a wait is longer than the rules say");
    }
  });
});
