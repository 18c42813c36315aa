import assert from "node:assert/strict";
import { Reachability } from "./reachability.ts";

interface Stage {
  readonly reachability: Reachability;
  /** What was told, in order. */
  readonly told: readonly boolean[];
  /** Answers the probe that waits. */
  answer(isThere: boolean): Promise<void>;
  probes(): number;
}

function stage(fetch: () => Promise<Response>): Stage {
  const waiting: ((isThere: boolean) => void)[] = [];
  let probes = 0;
  const reachability = new Reachability({
    fetch,
    probe: () => {
      probes++;
      return new Promise((resolve) => waiting.push(resolve));
    },
    pause: () => Promise.resolve(),
  });
  const told: boolean[] = [];
  reachability.subscribe(() => told.push(reachability.isReachable));
  const answer = async (isThere: boolean): Promise<void> => {
    waiting.shift()?.(isThere);
    // What follows the answer has been done when timers run.
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { reachability, told, answer, probes: () => probes };
}

function lost(): Promise<Response> {
  return Promise.reject(new TypeError("Failed to fetch"));
}

Deno.test("after a lost request it asks until there is an answer, and tells each change once", async () => {
  const { reachability, told, answer, probes } = stage(lost);
  await assert.rejects(reachability.fetch("https://a.example"));
  await assert.rejects(reachability.fetch("https://a.example"));
  assert.equal(probes(), 1, "one asks for all");
  await answer(false);
  await answer(false);
  assert.deepEqual(told, [false]);
  await answer(true);
  assert.deepEqual(told, [false, true]);
  assert.equal(probes(), 3);
});

Deno.test("one lost request is no outage where the next is answered", async () => {
  const { reachability, told, answer } = stage(lost);
  await assert.rejects(reachability.fetch("https://a.example"));
  await answer(true);
  assert.deepEqual(told, []);
  await assert.rejects(reachability.fetch("https://a.example"));
  await answer(false);
  assert.deepEqual(told, [false], "and it asks again after the next one");
});

Deno.test("a gateway's answer for a backend that is away is none; a refusal is one", async () => {
  for (const [status, count] of [[502, 1], [504, 1], [503, 0], [401, 0], [200, 0]] as const) {
    const { reachability, probes } = stage(() => Promise.resolve(new Response(null, { status })));
    await reachability.fetch("https://a.example");
    assert.equal(probes(), count, String(status));
  }
});

Deno.test("what was ended on purpose says nothing of the backend", async () => {
  const abort = (): Promise<Response> => Promise.reject(new DOMException("", "AbortError"));
  const { reachability, probes } = stage(abort);
  await assert.rejects(reachability.fetch("https://a.example"));
  assert.equal(probes(), 0);
});
