import assert from "node:assert/strict";
import { type Job, Load } from "./load.ts";
import { show } from "./numbers.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const DEAD_FROM = 60;
const DEAD_UNTIL = 660;
const END = 1100;

/** A lane for each number of users; all of them together ask every five seconds. */
const crowds = { one: 1, two: 2, hundred: 100 };

function every(seconds: number, lane: string, userOf: (index: number) => string): Job[] {
  return Array.from({ length: Math.floor(1000 / seconds) }, (_, index) => ({
    ...{ at: 1 + index * seconds, user: userOf(index), lane, pool: "default", results: 1 },
    ...{ seconds: 3, timeLimit: 120 },
  }));
}

Deno.test("a dead provider is asked seldom, found out soon, and nobody else waits for it", async () => {
  await withVirtualTime(async ({ sql, set }) => {
    const providers: Record<string, VirtualProvider> = {};
    for (const name of [...Object.keys(crowds), "well", "mixed"]) {
      await addLane(sql, { name, inFlight: 5 });
      providers[name] = new VirtualProvider(false);
    }
    const load = new Load({ sql, set }, providers, 1);
    for (const [lane, users] of Object.entries(crowds)) {
      load.add(every(5, lane, (index) => `${lane} ${index % users}`));
      load.at(DEAD_FROM, () => setDead(providers[lane], true));
      load.at(DEAD_UNTIL, () => setDead(providers[lane], false));
    }
    load.add(every(10, "well", (index) => `honest ${index % 3}`));
    load.add(every(10, "mixed", (index) => `honest ${index % 3}`));
    // As fast as the limits allow: several in a row between two of honest users.
    load.add(every(2, "mixed", () => "bad").map((job) => ({ ...job, isBad: true })));

    const pausedFrom = new Map<string, string>();
    for (let second = 1; second <= END; second += 1) {
      load.at(second, async () => {
        const rows = await sql<{ lane: string; what: string }[]>`
          select provider as lane, 'lane' as what from private.lanes where paused_until is not null
          union all
          select provider, 'user' from private.failing_users where paused_until is not null
        `;
        for (const { lane, what } of rows) {
          const key = `${lane} ${what}`;
          if (!pausedFrom.has(key)) pausedFrom.set(key, `${second}`);
        }
      });
    }
    await load.play(END);

    for (const lane of Object.keys(crowds)) {
      const failed = providers[lane]?.failedAt.length ?? 0;
      const back = Math.min(
        ...(providers[lane]?.jobs ?? []).map(({ startedAt }) => startedAt)
          .filter((at) => at >= DEAD_UNTIL),
      ) - DEAD_UNTIL;
      const user = Number(pausedFrom.get(`${lane} user`) ?? Infinity) - DEAD_FROM;
      const whole = Number(pausedFrom.get(`${lane} lane`) ?? Infinity) - DEAD_FROM;
      const seen = load.seen.filter(({ job }) => job.lane === lane);
      show(`Dead for ten minutes: ${lane}`, [{
        requests: seen.length,
        "calls while dead": failed,
        "user paused after": user,
        "lane paused after": whole,
        "works again after": back,
        complete: seen.filter(({ status }) => status === "complete").length,
      }]);
      assert.ok(Math.min(user, whole) <= 60, "found out soon");
      assert.ok(failed <= 40, "asked seldom");
      if (lane === "one") assert.ok(user < whole, "one user alone pauses no lane at once");
      assert.ok(back <= 300, "found to be back");
    }
    for (const lane of ["well", "mixed"]) {
      const honest = load.seen.filter(({ job }) => job.lane === lane && !job.isBad);
      const waits = honest.map(({ job, calls }) => (calls[0]?.at ?? Infinity) - job.at);
      show(`Honest users of ${lane}`, [{
        complete: `${honest.filter(({ status }) => status === "complete").length}/${honest.length}`,
        "longest wait": Math.max(...waits),
        "lane paused": pausedFrom.get(`${lane} lane`) ?? "never",
        "bad calls": providers[lane]?.failedAt.length,
      }]);
      assert.ok(honest.every(({ status }) => status === "complete"));
      assert.ok(Math.max(...waits) <= 1);
      assert.equal(pausedFrom.get(`${lane} lane`), undefined);
    }
  });
});

function setDead(provider: VirtualProvider | undefined, isDead: boolean): void {
  if (provider) provider.isDead = isDead;
}
