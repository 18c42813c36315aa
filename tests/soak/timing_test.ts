import assert from "node:assert/strict";
import { followToEnd, headersOf, signIn, submit } from "../support/client.ts";
import { stack } from "../support/stack.ts";

const PAIRS = 300;

const ROUNDS = 3;

/** How far the medians of two equal things may lie apart on a busy machine. */
const TOLERANCE = 1.15;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** In milliseconds. */
interface Medians {
  readonly foreign: number;
  readonly missing: number;
}

function areEqual({ foreign, missing }: Medians): boolean {
  const ratio = foreign / missing;
  return ratio < TOLERANCE && ratio > 1 / TOLERANCE;
}

Deno.test("how long an answer takes does not tell a foreign task from none", async (t) => {
  const [owner, stranger] = await Promise.all([signIn(1), signIn(2)]);
  const foreign = await submit(owner);
  await followToEnd(owner, foreign);
  const headers = headersOf(stranger.token);

  async function millisecondsOf(method: string, path: string): Promise<number> {
    const start = performance.now();
    const response = await fetch(`${stack.functionsUrl}/${path}`, { method, headers });
    await response.body?.cancel();
    const end = performance.now();
    assert.equal(response.status, 404);
    return end - start;
  }

  const routes = [
    ["GET", (id: string): string => `tasks/${id}/status`],
    ["DELETE", (id: string): string => `tasks/${id}`],
  ] as const;
  /** The medians of many askings. */
  async function measure(method: string, path: (id: string) => string): Promise<Medians> {
    const times = { foreign: new Array<number>(), missing: new Array<number>() };
    // In turns, and each first as often as the other, so that both see the same machine.
    for (let pair = -20; pair < PAIRS; pair++) {
      const missing = crypto.randomUUID();
      const turns = [["foreign", foreign], ["missing", missing]] as const;
      for (const [kind, id] of pair % 2 === 0 ? turns : turns.toReversed()) {
        const milliseconds = await millisecondsOf(method, path(id));
        // The first ones only warm up.
        if (pair >= 0) times[kind].push(milliseconds);
      }
    }
    return { foreign: median(times.foreign), missing: median(times.missing) };
  }

  for (const [method, path] of routes) {
    await t.step(method, async () => {
      const rounds: Medians[] = [];
      // What is really there is there in every round; what else the machine does is not.
      while (rounds.length < ROUNDS && !rounds.some(areEqual)) {
        rounds.push(await measure(method, path));
      }
      assert.ok(rounds.some(areEqual), `Milliseconds: ${JSON.stringify(rounds)}`);
    });
  }
});
