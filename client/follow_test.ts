import assert from "node:assert/strict";
import type { Task } from "./answers.ts";
import {
  type Answer,
  type Asked,
  fakeBackend,
  inTurn,
  noNetwork,
  refusal,
  status,
} from "./testing.ts";

const unchanged = (): Response => new Response(null, { status: 304 });

/** What is asked of a status: the wait, and the version that is known. */
function reads(asked: readonly Asked[]): string[] {
  return asked.map(({ path, headers }) => {
    const wait = new URLSearchParams(path.split("?")[1]).get("wait") ?? "-";
    return `${wait} ${headers.get("if-none-match") ?? "-"}`;
  });
}

Deno.test("reads are held until there is something new, and asked for again at once", async () => {
  const { client, clock, asked } = fakeBackend(inTurn(
    () => status({ version: 1, queue_position: 4 }),
    () => (clock.pass(25), unchanged()),
    () => status({ version: 2, status: "processing" }),
    () => status({ version: 3, status: "processing", progress: 50 }),
    () => status({ version: 4, status: "complete", asset_urls: ["https://x/a.png"] }),
  ));
  const generation = client.follow("id-1");
  const seen: (number | undefined)[] = [];
  generation.subscribe(() => seen.push(generation.task?.version));
  const { assets } = await generation.result();
  assert.deepEqual(assets, [{ url: "https://x/a.png" }]);
  assert.deepEqual(seen, [1, 2, 3, 4]);
  assert.deepEqual(reads(asked), ["- -", '25 "1"', '25 "1"', '25 "2"', '25 "3"']);
  assert.deepEqual(clock.slept, []);
});

Deno.test("a backend that holds nothing is read once a second", async (t) => {
  const old = [status, status, () => status({ status: "complete" })];
  const deaf = [
    () => status({ version: 1 }),
    unchanged,
    unchanged,
    () => status({ version: 2, status: "complete" }),
  ];
  for (
    const [name, answers] of Object.entries({ "without versions": old, "behind a proxy": deaf })
  ) {
    await t.step(name, async () => {
      const { client, clock } = fakeBackend(inTurn(...answers.map((one) => () => one())));
      await client.follow("id-1").result();
      assert.deepEqual(clock.slept, [1_000, 1_000]);
    });
  }
});

Deno.test("where it will take long, it is read less often", async () => {
  const eta = (seconds: number) => () => status({ eta: { seconds, seconds_max: seconds } });
  const end = (): Response => status({ status: "complete" });
  const { client, clock } = fakeBackend(inTurn(eta(200), eta(30), eta(1), end));
  await client.follow("id-1").result();
  assert.deepEqual(clock.slept, [10_000, 6_000, 1_000]);
});

Deno.test("what cuts held reads is given shorter ones, and the user is told nothing", async () => {
  const cut = (): Promise<Response> => (clock.pass(5), noNetwork());
  const first = (): Response => status({ version: 1 });
  const { client, clock, asked } = fakeBackend(inTurn(
    first,
    cut,
    unchanged,
    cut,
    unchanged,
    () => status({ version: 2, status: "complete" }),
  ));
  const generation = client.follow("id-1");
  const problems: unknown[] = [];
  generation.subscribe(() => problems.push(generation.problem));
  await generation.result();
  assert.deepEqual(reads(asked), ["- -", '25 "1"', '- "1"', '13 "1"', '- "1"', '7 "1"']);
  assert.ok(problems.every((problem) => problem === undefined));
});

Deno.test("without a network it goes on, says so, and slows down", async () => {
  const answers: Answer[] = Array.from({ length: 12 }, () => noNetwork);
  const end = (): Response => status({ version: 1, status: "complete" });
  const { client, clock } = fakeBackend(inTurn(...answers, end));
  const generation = client.follow("id-1");
  const problems = new Set<string | undefined>();
  generation.subscribe(() => problems.add(generation.problem?.code));
  assert.equal((await generation.result()).status, "complete");
  assert.deepEqual([...problems], ["network", undefined]);
  assert.equal(clock.slept.length, 12);
  assert.ok(Math.max(...clock.slept) <= 18_000 && Math.min(...clock.slept) >= 400);
});

Deno.test("a backend that asks for patience gets a minute of it", async () => {
  const wait = (): Response => refusal("unavailable", 503, { "retry-after": "3600" });
  const { client, clock } = fakeBackend(inTurn(wait, () => status({ status: "complete" })));
  await client.follow("id-1").result();
  assert.deepEqual(clock.slept, [60_000]);
});

Deno.test("what is refused for good is told", async (t) => {
  for (const [code, number] of [["not_found", 404], ["forbidden", 403]] as const) {
    await t.step(code, async () => {
      const { client } = fakeBackend(() => refusal(code, number));
      await assert.rejects(client.follow("id-1").result(), { code });
    });
  }
});

Deno.test("an answer that comes late does not turn back time", async () => {
  const { client } = fakeBackend(inTurn(
    () => status({ version: 5, status: "processing", progress: 70 }),
    () => status({ version: 4, status: "processing", progress: 30 }),
    () => status({ version: 6, status: "complete" }),
  ));
  const generation = client.follow("id-1");
  const seen: (Task["version"] | undefined)[] = [];
  generation.subscribe(() => seen.push(generation.task?.version));
  await generation.result();
  assert.deepEqual(seen, [5, 6]);
});

Deno.test("to be woken is to read at once, whatever is held", async () => {
  const held = ({ signal }: Asked): Promise<Response> =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      client.wake();
    });
  const { client, clock, asked } = fakeBackend(inTurn(
    () => status({ version: 1 }),
    held,
    () => status({ version: 2, status: "complete" }),
  ));
  await client.follow("id-1").result();
  assert.deepEqual(reads(asked), ["- -", '25 "1"', '- "1"']);
  assert.deepEqual(clock.slept, []);
});

Deno.test("nobody who listens, nobody who asks", async () => {
  const held: Asked[] = [];
  const { client, asked } = fakeBackend((one) => {
    if (!one.path.includes("wait")) return status({ version: 1 });
    held.push(one);
    return new Promise((_, reject) =>
      one.signal.addEventListener("abort", () => reject(one.signal.reason))
    );
  });
  const generation = client.follow("id-1");
  const first = new Promise<void>((resolve) => {
    const leave = generation.subscribe(() => {
      leave();
      resolve();
    });
    // As React does in its strict mode.
    leave();
    const again = generation.subscribe(() => {
      again();
      resolve();
    });
  });
  await first;
  assert.equal(generation.task?.version, 1);
  assert.ok(held.every(({ signal }) => signal.aborted));
  const before = asked.length;
  const aborted = AbortSignal.abort();
  await assert.rejects(generation.result({ signal: aborted }), { code: "still_running" });
  assert.ok(asked.length <= before + 1);
});
