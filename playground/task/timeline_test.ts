import assert from "node:assert/strict";
import { taskWith } from "./testing.ts";
import { timelineOf } from "./timeline.ts";
import type { Task } from "./task.ts";

const NOW = Date.parse("2026-11-29T12:00:30Z");

function told(changes: Partial<Task>): readonly string[] {
  return timelineOf(taskWith(changes), NOW)
    .map(({ state, title, detail }) => `${state}: ${title}${detail && ` (${detail})`}`);
}

Deno.test("a task that waits says how many start before it", () => {
  assert.deepEqual(told({ queuePosition: 3 }), [
    "done: Accepted",
    "now: Waiting for its turn (3 starts before its own)",
    "ahead: Call of OpenAI",
    "ahead: Stored",
  ]);
  assert.equal(told({ queuePosition: 0 })[1], "now: Waiting for its turn (It is next)");
  assert.equal(told({ queuePosition: "1000+" })[1]?.includes("1000+ starts"), true);
  assert.equal(told({})[1], "now: Waiting for its turn", "nothing is made up");
});

Deno.test("a task at work says for how long, and how far the provider says it is", () => {
  const changes = { status: "processing", startedAt: "2026-11-29T12:00:05Z" } as const;
  assert.deepEqual(told({ ...changes, progress: 40 }).slice(1, 3), [
    "done: Waited for its turn (5.0 s)",
    "now: OpenAI is at work (25 s, 40 %)",
  ]);
  assert.equal(told(changes)[2], "now: OpenAI is at work (25 s)");
});

Deno.test("one that waits again is not told as if it had never started", () => {
  assert.deepEqual(told({ startedAt: "2026-11-29T12:00:05Z" }).slice(1, 3), [
    "now: Waiting to be tried again",
    "ahead: Call of OpenAI (Called before)",
  ]);
});

Deno.test("a complete task says what is stored, what is missing and what it has cost", () => {
  const changes = {
    status: "complete",
    startedAt: "2026-11-29T12:00:01Z",
    finishedAt: "2026-11-29T12:00:13Z",
    assets: [{ url: "a.png", mediaType: "image/png", bytes: 26_879 }, { url: "b.png" }],
  } as const;
  assert.deepEqual(told({ ...changes, missingResults: 1, costUsd: 0.042 }), [
    "done: Accepted",
    "done: Waited for its turn (1.0 s)",
    "done: OpenAI was called (12 s)",
    "done: Stored (2 images, 26.9 kB; 1 more did not come)",
    "sum: Cost 4.2\u00a0¢",
  ]);
  assert.equal(told(changes).length, 4, "no cost for a key that may not see it");
});

Deno.test("one that was canceled before its turn says that nobody was called", () => {
  const changes = { status: "canceled", finishedAt: "2026-11-29T12:00:04Z" } as const;
  assert.deepEqual(told({ ...changes, billed: "no" }), [
    "done: Accepted",
    "done: Waited for its turn (4.0 s)",
    "skipped: OpenAI was not called",
    "bad: Canceled",
    "sum: Cost (Nothing was billed)",
  ]);
});
