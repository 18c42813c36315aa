import assert from "node:assert/strict";
import { type Job, Load, type Seen } from "./load.ts";
import { show } from "./numbers.ts";
import { addLane } from "./project.ts";
import { VirtualProvider } from "./provider.ts";
import { withVirtualTime } from "./virtual_time.ts";

const lane = { name: "openai", inFlight: 5, resultsPerMinute: 5 };

function request(user: string, results: number): Job {
  return {
    ...{ at: 0, user, lane: lane.name, pool: "default", results, seconds: 20 },
    ...{ timeLimit: 600, leastRun: 20 },
  };
}

async function play(jobs: readonly Job[]): Promise<Seen[]> {
  let seen: Seen[] = [];
  await withVirtualTime(async (time) => {
    await addLane(time.sql, lane);
    const provider = new VirtualProvider(false, lane);
    const load = new Load(time, { openai: provider });
    load.add(jobs);
    await load.play(700);
    seen = load.seen;
    assert.equal(provider.busyAt.length, 0, "the provider refuses none");
  });
  return seen;
}

const startOf = ({ calls }: Seen): number | undefined => calls[0]?.at;

Deno.test("a small request passes three large ones, and none of them starts later for it", async () => {
  const large = ["a", "b", "c"].map((user) => request(user, 4));
  const without = (await play(large)).map(startOf);
  const seen = await play([...large, request("d", 1)]);
  const starts = seen.map(startOf);
  show("Head of line: 5 results a minute, three of 4 and one of 1", [
    { starts: "without", a: without[0], b: without[1], c: without[2] },
    { starts: "with", a: starts[0], b: starts[1], c: starts[2], d: starts[3] },
  ]);
  assert.equal(starts[3], 0);
  for (const [index, start] of without.entries()) {
    assert.ok((starts[index] ?? Infinity) <= (start ?? Infinity));
  }
});

Deno.test("small requests pass a large one only as far as it starts no later for them", async () => {
  const waiting = [request("a", 2), request("b", 4)];
  const [, without] = (await play(waiting)).map(startOf);
  const small = ["c", "d", "e"].map((user) => ({ ...request(user, 1), at: 10 }));
  const starts = (await play([...waiting, ...small])).map(startOf);
  show("Head of line: 2 and 4 at once, three of 1 after 10 s", [
    { "4 starts without": without, with: starts[1], small: starts.slice(2) },
  ]);
  assert.equal(starts[1], without);
  assert.equal(starts[2], 10);
});

Deno.test("of twelve large requests those are refused at submit that could not start in time", async () => {
  const seen = await play(Array.from({ length: 12 }, (_, index) => request(`user ${index}`, 4)));
  show(
    "Head of line: twelve of 4, of which ten can start in time",
    seen.map((one) => ({
      start: startOf(one) ?? "-",
      end: one.status,
      "retry after": one.retryAfter ?? "-",
    })),
  );
  for (const { id, status, retryAfter } of seen) {
    if (id) assert.equal(status, "complete");
    else assert.ok((retryAfter ?? 0) > 0);
  }
  assert.equal(seen.filter(({ status }) => status === "complete").length, 10);
});
