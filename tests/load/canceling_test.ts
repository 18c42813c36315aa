import assert from "node:assert/strict";
import { type Job, Load } from "./load.ts";
import { show } from "./numbers.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const PLACES = 6;
const lane = { name: "flux", inFlight: PLACES };

function request(user: string, at: number, cancelAfter?: number): Job {
  return {
    ...{ at, user, lane: lane.name, pool: "default", results: 1, seconds: 60 },
    ...{ timeLimit: 600, cancelAfter },
  };
}

Deno.test("canceling what runs makes room neither at the provider nor in a user's own limit", async () => {
  await withVirtualTime(async ({ sql, set }) => {
    await addLane(sql, lane);
    const provider = new VirtualProvider(true, { inFlight: PLACES });
    const load = new Load({ sql, set }, { flux: provider });
    load.add(Array.from({ length: 300 }, (_, second) => request("attacker", second + 1, 0)));
    load.add([request("honest", 150)]);
    let mostActive = 0;
    for (let second = 2; second < 300; second += 1) {
      load.at(second, async () => {
        const [row] = await sql<{ active: number }[]>`
          select count(*)::integer as active from public.tasks
          where finished_at is null or winds_down
        `;
        mostActive = Math.max(mostActive, row?.active ?? 0);
        assert.ok((row?.active ?? 0) >= provider.underWay(load.now), "what still runs counts");
      });
    }
    await load.play(1200);
    const [calls] = await sql<{ booked: number; open: number }[]>`
      select
        count(*) filter (where outcome = 'succeeded' and cost_usd > 0)::integer as booked,
        count(*) filter (where outcome is null)::integer as open
      from private.provider_calls
    `;
    const honest = load.seen.find(({ job }) => job.user === "honest");
    const attacks = load.seen.filter(({ job }) => job.user === "attacker");
    show("Canceling: one user, as fast as the limits allow, 6 places", [{
      tried: attacks.length,
      accepted: attacks.filter(({ id }) => id).length,
      purchases: provider.jobs.length,
      booked: calls?.booked,
      "most at the provider": provider.peak.all,
      "most active": mostActive,
      "429": provider.busyAt.length,
      "honest waits": (honest?.calls[0]?.at ?? Infinity) - 150,
    }]);
    assert.equal(provider.peak.all, PLACES);
    assert.equal(provider.busyAt.length, 0);
    assert.ok(mostActive <= 21, "20 of the attacker, one honest");
    assert.equal(honest?.calls[0]?.answer, "accepted");
    assert.equal(honest?.status, "complete");
    assert.deepEqual({ ...calls }, { booked: provider.jobs.length, open: 0 });
  });
});
