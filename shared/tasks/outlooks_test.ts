import assert from "node:assert/strict";
import type { Database } from "../database.ts";
import { createOutlooks, type OutlookTask } from "./outlooks.ts";

const USER = "00000000-0000-4000-8000-000000000001";
const NOW = Date.parse("2026-11-29T12:00:00Z");

/** What the functions of the database answer, by their names. */
interface Answers {
  readonly turns: readonly number[];
  readonly runSeconds: readonly number[];
  readonly isPausedForGood: boolean;
}

function scene(answers: Partial<Answers> = {}) {
  const { turns = [1, 2], runSeconds = [] } = answers;
  const asked: string[] = [];
  let isPausedForGood = answers.isPausedForGood ?? false;
  let now = NOW;
  const answer = (name: string, values: readonly unknown[]): unknown[] => {
    switch (name) {
      case "outlook_keys":
        return [values[1]].flat().filter((id) => id !== "gone").map((id) => ({
          ...{ id, output: "image", model: "m", pool: "default", turn: Number(id) },
          ...{ messageId: Number(id), resultCount: 1, leastRunSeconds: 5 },
          deadlineAt: new Date(NOW + 600_000),
        }));
      case "pool_line":
        return [{
          ...{ turns, messageIds: turns, firstStartSeconds: 0, lastStartSeconds: 20 },
          isPausedForGood,
        }];
      default:
        return [{ runSeconds }];
    }
  };
  const sql = (words: TemplateStringsArray, ...values: unknown[]): Promise<unknown[]> => {
    const [, name = ""] = /private\.(\w+)/.exec(words.join("")) ?? [];
    asked.push(name);
    return Promise.resolve(answer(name, values));
  };
  const outlooks = createOutlooks(sql as unknown as Database, () => now);
  return {
    outlooks,
    /** The functions that were asked since the last time. */
    takeAsked: () => asked.splice(0),
    pass: (seconds: number) => now += 1_000 * seconds,
    resume: () => isPausedForGood = false,
  };
}

function task(id: string, status: OutlookTask["status"], startedAt: Date | null = null) {
  return { id, status, operation: "text-to-image", provider: "openai", startedAt };
}

Deno.test("a task that has ended is asked nothing about", async () => {
  const { outlooks, takeAsked } = scene();
  for (const status of ["complete", "failed", "canceled"] as const) {
    assert.equal((await outlooks.of([task("1", status)], USER)).size, 0);
  }
  assert.deepEqual(takeAsked(), []);
});

Deno.test("one that runs is asked about once, the last runs now and then, and its lane each second", async () => {
  const { outlooks, takeAsked, pass } = scene();
  const running = task("1", "processing", new Date(NOW - 5_000));
  const outlook = (await outlooks.of([running], USER)).get("1");
  assert.deepEqual(outlook, { eta: { seconds: 15, seconds_max: 25, based_on: "typical" } });
  assert.deepEqual(takeAsked(), ["outlook_keys", "run_history", "pool_line"]);
  await outlooks.of([running, task("2", "complete")], USER);
  assert.deepEqual(takeAsked(), []);
  pass(14);
  await outlooks.of([running], USER);
  assert.deepEqual(takeAsked(), ["pool_line"]);
  pass(1);
  await outlooks.of([running], USER);
  assert.deepEqual(takeAsked(), ["run_history", "pool_line"]);
});

Deno.test("those that wait in a pool share its line", async () => {
  const { outlooks, takeAsked, pass } = scene();
  const waiting = ["1", "2", "3"].map((id) => task(id, "pending"));
  const told = await outlooks.of(waiting, USER);
  assert.deepEqual(waiting.map(({ id }) => told.get(id)?.queue_position), [0, 1, 2]);
  assert.deepEqual(waiting.map(({ id }) => told.get(id)?.eta?.seconds), [20, 30, 40]);
  assert.deepEqual(takeAsked(), ["outlook_keys", "run_history", "pool_line"]);
  await outlooks.of(waiting, USER);
  assert.deepEqual(takeAsked(), []);
  pass(1);
  await outlooks.of(waiting, USER);
  assert.deepEqual(takeAsked(), ["pool_line"]);
});

Deno.test("places are counted to 1,000", async () => {
  const { outlooks } = scene({ turns: Array.from({ length: 1_001 }, (_, place) => place) });
  const told = await outlooks.of(["1000", "1001"].map((id) => task(id, "pending")), USER);
  assert.equal(told.get("1000")?.queue_position, 1_000);
  assert.equal(told.get("1001")?.queue_position, "1000+");
});

Deno.test("ten runs are a history, nine are not", async () => {
  const basis = async (runs: number): Promise<string | undefined> => {
    const { outlooks } = scene({ runSeconds: Array.from({ length: runs }, () => 7) });
    return (await outlooks.of([task("1", "processing", new Date(NOW))], USER)).get("1")?.eta
      ?.based_on;
  };
  assert.deepEqual([await basis(9), await basis(10)], ["typical", "history"]);
});

Deno.test("in a lane that is paused for good nobody knows when", async () => {
  const { outlooks } = scene({ isPausedForGood: true });
  const told = await outlooks.of([task("1", "pending"), task("2", "processing")], USER);
  assert.deepEqual([told.get("1"), told.get("2")], [{ queue_position: 0 }, {}]);
});

Deno.test("a second after a lane has gone on, its tasks have a time again", async () => {
  const { outlooks, pass, resume } = scene({ isPausedForGood: true });
  const tasks = [task("1", "pending"), task("2", "processing", new Date(NOW))];
  await outlooks.of(tasks, USER);
  resume();
  pass(1);
  const told = await outlooks.of(tasks, USER);
  assert.deepEqual(tasks.map(({ id }) => told.get(id)?.eta?.seconds), [20, 19]);
});

Deno.test("of a task that is gone, nothing is said", async () => {
  const { outlooks } = scene();
  assert.equal((await outlooks.of([task("gone", "pending")], USER)).size, 0);
});
