import assert from "node:assert/strict";
import { setImmediate } from "node:timers";

import { currentTrace } from "../../../shared/current_trace.ts";
import type { Claim, Outcome } from "../../../shared/tasks/task.ts";
import type { WorkerRoom, WorkQueue } from "../../../shared/tasks/work_queue.ts";
import { aClaim } from "../../../testing/claims.ts";
import { anIsolate } from "../../../testing/isolates.ts";
import { complete, MemoryQueue, noTime, Steps } from "../../../testing/memory_queue.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { Drain, type DrainDependencies } from "./drain.ts";
import { MAX_INPUT_BYTES, MAX_POLLS, MAX_STARTS } from "./memory_limits.ts";

function drainOf(queue: WorkQueue, changes: Partial<DrainDependencies> = {}): Drain {
  return new Drain({
    queue,
    log: recordLog().log,
    runStep: () => Promise.resolve(complete),
    isolate: anIsolate(),
    wakeAnother: () => Promise.resolve(),
    sleep: noTime,
    now: () => 0,
    ...changes,
  });
}

Deno.test("a drain works its queue empty, however little each claim lets through", async () => {
  const queue = new MemoryQueue(["a", "b", "c"], 1);
  await drainOf(queue).wake();
  assert.deepEqual(queue.settled, ["a", "b", "c"]);
});

Deno.test("a wake claims until nothing is let through, however little each look finds", async () => {
  const queue = new MemoryQueue(["a", "b", "c"], 20, 1);
  const steps = new Steps();
  const drained = drainOf(queue, { runStep: steps.run }).wake();
  await steps.start("c");
  assert.deepEqual([steps.started, queue.settled], [["a", "b", "c"], []]);
  steps.end("a", "b", "c");
  await drained;
});

Deno.test("a wake during a claim is not lost", async () => {
  const queue = new MemoryQueue([]);
  const claiming = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Claim[]>();
  const claim = queue.claim.bind(queue);
  let first = true;
  queue.claim = (limits, room) => {
    if (!first) return claim(limits, room);
    first = false;
    claiming.resolve();
    return answer.promise;
  };
  const drain = drainOf(queue);
  const drained = drain.wake();
  await claiming.promise;
  queue.add("new");
  drain.wake();
  answer.resolve([]);
  await drained;
  assert.deepEqual(queue.settled, ["new"]);
});

Deno.test("a wake while steps run claims again at once", async () => {
  const queue = new MemoryQueue(["slow"]);
  const steps = new Steps();
  const drain = drainOf(queue, { runStep: steps.run });
  const drained = drain.wake();
  await steps.start("slow");
  queue.add("new");
  drain.wake();
  await steps.start("new");
  steps.end("new", "slow");
  await drained;
  assert.deepEqual(queue.settled.sort(), ["new", "slow"]);
});

Deno.test("two wakes are one run", async () => {
  const queue = new MemoryQueue(["a", "b"]);
  const steps = new Steps();
  const drain = drainOf(queue, { runStep: steps.run });
  const run = drain.wake();
  assert.equal(drain.wake(), run);
  steps.end("a", "b");
  await run;
  assert.deepEqual(steps.started, ["a", "b"]);
});

Deno.test("starts and polls have a share of a worker each, whatever their number", async () => {
  const names = Array.from({ length: 100 }, (_, index) => `task-${index}`);
  const queue = new MemoryQueue([], 100);
  queue.waiting.push(...names.map((taskId) => aClaim({ taskId, handle: "job" })));
  const steps = new Steps();
  const drain = drainOf(queue, { runStep: steps.run });
  const drained = drain.wake();
  await steps.start(`task-${MAX_POLLS - 1}`);
  for (let index = 0; index < 100; index++) queue.add(`start-${index}`);
  drain.wake();
  await steps.start(`start-${MAX_STARTS - 1}`);
  drain.wake();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(steps.started.length, MAX_POLLS + MAX_STARTS);
  queue.waiting.splice(0);
  steps.end(...steps.started);
  await drained;
});

Deno.test("each wake-up of an idle worker looks for what was lost", async () => {
  const queue = new MemoryQueue([]);
  const drain = drainOf(queue);
  for (let wakes = 1; wakes <= 3; wakes++) {
    await drain.wake();
    assert.equal(queue.recovered, wakes);
  }
});

Deno.test("what was lost with its worker is claimed as soon as that is noticed", async () => {
  const queue = new MemoryQueue([]);
  queue.recover = () => {
    queue.recovered++;
    if (queue.recovered > 1) return Promise.resolve(0);
    queue.add("lost");
    return Promise.resolve(1);
  };
  await drainOf(queue).wake();
  assert.deepEqual(queue.settled, ["lost"]);
  assert.equal(queue.recovered, 1, "and nobody looks more often than once a second");
});

Deno.test("settling is tried again when the database is away for a moment", async () => {
  const queue = new MemoryQueue(["a"]);
  const settle = queue.settle.bind(queue);
  let failures = 1;
  queue.settle = (claim, outcome) =>
    failures-- > 0 ? Promise.reject(new Error("Away")) : settle(claim, outcome);
  await drainOf(queue).wake();
  assert.deepEqual(queue.settled, ["a"]);
});

Deno.test(
  "an error of the claim ends the drain after its steps, and the next wake works",
  async () => {
    const { queue, breakOff } = breakable(["a"]);
    const steps = new Steps();
    const drain = drainOf(queue, { runStep: steps.run });
    const drained = drain.wake();
    await steps.start("a");
    await breakOff(drain);
    assert.deepEqual(queue.settled, []);
    steps.end("a", "b");
    await drained;
    assert.deepEqual(queue.settled, ["a"]);

    queue.add("b");
    await drain.wake();
    assert.deepEqual(queue.settled, ["a", "b"]);
  },
);

Deno.test("a wake while a broken drain waits for its steps is not lost", async () => {
  const { queue, breakOff } = breakable(["a"]);
  const steps = new Steps();
  const drain = drainOf(queue, { runStep: steps.run });
  drain.wake();
  await steps.start("a");
  await breakOff(drain);
  queue.add("b");
  const woken = drain.wake();
  steps.end("a", "b");
  await woken;
  assert.deepEqual(queue.settled, ["a", "b"]);
});

Deno.test("an old isolate claims when it is asked to, and does not go on by itself", async () => {
  const queue = new MemoryQueue(["a", "b"], 1);
  const drain = drainOf(queue, { isolate: anIsolate({ budgetSeconds: 0 }) });
  await drain.wake();
  assert.deepEqual(queue.settled, ["a"]);
  await drain.wake();
  assert.deepEqual(queue.settled, ["a", "b"]);
});

Deno.test("an old isolate goes on no longer because its steps are quick", async () => {
  const names = Array.from({ length: 100 }, (_, index) => `task-${index}`);
  const queue = new MemoryQueue(names, 20, 1);
  const claim = queue.claim.bind(queue);
  // The database takes longer than a step.
  queue.claim = async (limits, room) => {
    await new Promise((resolve) => setImmediate(resolve));
    return await claim(limits, room);
  };
  await drainOf(queue, { isolate: anIsolate({ budgetSeconds: 0 }) }).wake();
  assert.ok(queue.settled.length <= 20, `${queue.settled.length} steps after its time`);
});

Deno.test("a wake-up is good for as many claims as the processor time it promises", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `task-${index}`);
  const queue = new MemoryQueue(names, 20, 5);
  let wakes = 0;
  const wakeAnother = (): Promise<void> => Promise.resolve(void wakes++);
  await drainOf(queue, { wakeAnother }).wake();
  assert.deepEqual([queue.settled.length, wakes], [20, 1], "the rest is for another isolate");
});

Deno.test("the queue is told what the worker has room for", async () => {
  const queue = new MemoryQueue([]);
  queue.waiting.push(
    aClaim({ taskId: "large", inputBytes: 7_000_000 }),
    aClaim({ taskId: "accepted", inputBytes: 9_000_000, handle: "job" }),
  );
  const rooms: WorkerRoom[] = [];
  const claim = queue.claim.bind(queue);
  queue.claim = (limits, room) => {
    rooms.push(room);
    return claim(limits, room);
  };
  await drainOf(queue).wake();
  assert.deepEqual(rooms.slice(0, 2), [
    { held: 0, lifeSeconds: 135, freeBytes: MAX_INPUT_BYTES },
    { held: 2, lifeSeconds: 135, freeBytes: MAX_INPUT_BYTES - 7_000_000 },
  ]);
});

Deno.test("beside a task that was lost with its worker nothing is claimed", async () => {
  const queue = new MemoryQueue(["other"]);
  queue.waiting.unshift(aClaim({ taskId: "lost", isAlone: true }));
  const claim = queue.claim.bind(queue);
  queue.claim = (_, room) => claim({ starts: 1, polls: 0 }, room);
  const steps = new Steps();
  const woken = Promise.withResolvers<void>();
  const drain = drainOf(queue, {
    runStep: steps.run,
    wakeAnother: () => Promise.resolve(woken.resolve()),
  });
  const drained = drain.wake();
  await steps.start("lost");
  await woken.promise;
  assert.deepEqual(steps.started, ["lost"], "another worker is asked for");
  steps.end("lost", "other");
  await drained;
  assert.deepEqual(queue.settled, ["lost", "other"]);
});

Deno.test("a worker that is too old for a call asks for another one, if something is due", async () => {
  let wakes = 0;
  const wakeAnother = (): Promise<void> => Promise.resolve(void wakes++);
  const isolate = anIsolate({ budgetSeconds: 0 });
  await drainOf(new MemoryQueue([]), { isolate, wakeAnother }).wake();
  assert.equal(wakes, 0, "nothing is due");
  await drainOf(new MemoryQueue(["a", "b"], 1), { isolate, wakeAnother }).wake();
  assert.equal(wakes, 1);
});

Deno.test("a step that throws disturbs no other and is not settled", async () => {
  const queue = new MemoryQueue(["bad", "good"]);
  const { log, lines } = recordLog();
  const runStep = ({ taskId }: Claim): Promise<Outcome> =>
    taskId === "bad" ? Promise.reject(new Error("Bug")) : Promise.resolve(complete);
  await drainOf(queue, { log, runStep }).wake();
  assert.deepEqual(queue.settled, ["good"]);
  const line = lines.find(({ level }) => level === "error");
  assert.deepEqual([line?.["task_id"], line?.["request_id"]], ["bad", "request-1"]);
});

/** A queue whose second claim fails when told. */
function breakable(taskIds: readonly string[]): {
  queue: MemoryQueue;
  breakOff: (drain: Drain) => Promise<void>;
} {
  const queue = new MemoryQueue(taskIds);
  const claim = queue.claim.bind(queue);
  const broken = Promise.withResolvers<void>();
  let breaking = false;
  queue.claim = (limits, room) => {
    if (!breaking) return claim(limits, room);
    breaking = false;
    queueMicrotask(broken.resolve);
    return Promise.reject(new Error("Away"));
  };
  const breakOff = async (drain: Drain): Promise<void> => {
    breaking = true;
    drain.wake();
    await broken.promise;
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, breakOff };
}

Deno.test("each task is worked on in the trace of its own submit, and the rest in none", async () => {
  const { log, lines } = recordLog();
  const traceOf = (digit: string): string => digit.repeat(32);
  const queue = new MemoryQueue([]);
  for (const taskId of ["1", "2"]) {
    const traceparent = `00-${traceOf(taskId)}-${"a".repeat(16)}-01`;
    queue.waiting.push(aClaim({ taskId, traceparent }));
  }
  queue.add("none");
  queue.recover = () => Promise.reject(new Error("The database is away"));
  const seen: unknown[] = [];
  const runStep: DrainDependencies["runStep"] = async ({ taskId }) => {
    await new Promise(setImmediate);
    seen.push([taskId, currentTrace()?.traceId]);
    return complete;
  };
  await drainOf(queue, { log, runStep }).wake();
  assert.deepEqual(seen, [["1", traceOf("1")], ["2", traceOf("2")], ["none", undefined]]);
  const tasks = lines.filter(({ event }) => String(event).startsWith("step "));
  assert.equal(tasks.length, 6);
  for (const { task_id, trace_id } of tasks) {
    assert.equal(trace_id, task_id === "none" ? undefined : traceOf(String(task_id)));
  }
  const others = lines.filter((line) => !tasks.includes(line));
  assert.deepEqual(others.map(({ event, trace_id }) => [event, trace_id]), [
    ["recovery failed", undefined],
  ]);
});
