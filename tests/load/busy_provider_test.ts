import assert from "node:assert/strict";
import { type Job, Load } from "./load.ts";
import { show } from "./numbers.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const pools = { texture: 5, generation: 10 };

Deno.test("six refines of a pool that is busy elsewhere wait, and none of them fails", async () => {
  await withVirtualTime(async ({ sql, set }) => {
    await addLane(sql, { name: "tripo", inFlight: 15, pools });
    const provider = new VirtualProvider(true, { pools });
    provider.elsewhere.texture = 5;
    const load = new Load({ sql, set }, { tripo: provider });
    const refine = (user: string): Job => ({
      ...{ at: 1, user, lane: "tripo", pool: "texture", results: 1 },
      ...{ seconds: 40, timeLimit: 600 },
    });
    const refines = Array.from({ length: 6 }, (_, index) => refine(`user ${index}`));
    load.add([...refines, { ...refine("other"), at: 60, pool: "generation" }]);
    load.at(120, () => {
      provider.elsewhere.texture = 3;
    });
    await load.play(700);
    show("429 storm: six refines, the pool full elsewhere for 120 s, then two places", [{
      complete: load.seen.filter(({ status }) => status === "complete").length,
      "429": provider.busyAt.length,
      "most in a minute": Math.max(
        ...[0, 60].map((from) =>
          provider.busyAt.filter((at) => at > from && at <= from + 60).length
        ),
      ),
      "last start": Math.max(...load.seen.map(({ calls }) => calls.at(-1)?.at ?? Infinity)),
      "other pool waits": (load.seen.at(-1)?.calls[0]?.at ?? Infinity) - 60,
    }]);
    assert.ok(load.seen.every(({ status }) => status === "complete"));
    assert.equal(load.seen.at(-1)?.calls[0]?.at, 60, "the other pool goes on");
  });
});
