import assert from "node:assert/strict";
import type { Claim } from "../../../shared/tasks/task.ts";
import type { WorkQueue } from "../../../shared/tasks/work_queue.ts";
import { aClaim } from "../../../testing/claims.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { LeaseKeeper } from "./lease_keeper.ts";

const [first, second] = [aClaim({ taskId: "first" }), aClaim({ taskId: "second" })];

type Extending = Pick<WorkQueue, "extendLeases">;

function queue(extendLeases: WorkQueue["extendLeases"]): Extending {
  return { extendLeases };
}

function keeping(...taskIds: string[]): Extending {
  return queue(() => Promise.resolve(new Set(taskIds)));
}

/** Holds claims for the time of a test, so that no timer is left. */
async function withHeld(
  tasks: Extending,
  claims: readonly Claim[],
  test: (held: LeaseKeeper, signals: readonly AbortSignal[]) => Promise<void>,
): Promise<void> {
  const held = new LeaseKeeper(tasks, recordLog().log, () => true);
  const signals = claims.map((claim) => held.hold(claim));
  try {
    await test(held, signals);
  } finally {
    for (const claim of claims) held.release(claim);
  }
}

const aborted = (signals: readonly AbortSignal[]): boolean[] => signals.map((s) => s.aborted);

Deno.test("the work of a lost task is aborted, and no other", async () => {
  await withHeld(keeping("second"), [first, second], async (held, signals) => {
    await held.heartbeat();
    assert.deepEqual(aborted(signals), [true, false]);
  });
});

Deno.test("a database that is away for a moment aborts nothing and is logged", async () => {
  const { log, lines } = recordLog();
  const held = new LeaseKeeper(
    queue(() => Promise.reject(new Error("Away"))),
    log,
    () => true,
  );
  const signal = held.hold(first);
  await held.heartbeat();
  held.release(first);
  assert.equal(signal.aborted, false);
  assert.deepEqual(
    lines.map(({ event, claims }) => [event, claims]),
    [["heartbeat failed", 1]],
  );
});

Deno.test("a task that is done before the heartbeat is answered is not aborted by it", async () => {
  const answer = Promise.withResolvers<ReadonlySet<string>>();
  await withHeld(
    queue(() => answer.promise),
    [first],
    async (held) => {
      const beat = held.heartbeat();
      held.release(first);
      const later = held.hold(second);
      answer.resolve(new Set());
      await beat;
      held.release(second);
      assert.equal(later.aborted, false);
    },
  );
});

Deno.test("a task claimed anew is held although its earlier claim ends", async () => {
  const extended: string[] = [];
  const tasks = queue((claims) => {
    extended.push(...claims.map(({ lease }) => lease));
    return Promise.resolve(new Set(["first"]));
  });
  const anew = aClaim({ taskId: "first", lease: "2" });
  await withHeld(tasks, [first, anew], async (held) => {
    held.release(first);
    assert.equal(held.size, 1);
    await held.heartbeat();
    assert.deepEqual(extended, ["2"]);
  });
});

Deno.test("heartbeats come one after the other, and sooner after one that failed", async () => {
  const timers = new Map<number, { beat: () => Promise<void>; milliseconds: number }>();
  const { setTimeout, clearTimeout } = globalThis;
  Object.assign(globalThis, {
    setTimeout: (beat: () => Promise<void>, milliseconds: number) =>
      timers.set(timers.size + 1, { beat, milliseconds }).size,
    clearTimeout: (id: number) => timers.delete(id),
  });
  let isAway = false;
  const tasks = queue(() =>
    isAway ? Promise.reject(new Error("Away")) : Promise.resolve(new Set(["first", "second"]))
  );
  /** Lets the one timer go off. */
  const fire = async (): Promise<void> => {
    const [[id, timer] = []] = timers;
    assert.ok(id !== undefined && timer);
    timers.delete(id);
    await timer.beat();
  };
  const next = (): number[] => [...timers.values()].map(({ milliseconds }) => milliseconds);
  try {
    const held = new LeaseKeeper(tasks, recordLog().log, () => true);
    held.hold(first);
    held.hold(second);
    assert.deepEqual(next(), [5_000]);
    await fire();
    assert.deepEqual(next(), [5_000]);
    isAway = true;
    await fire();
    assert.deepEqual(next(), [1_000]);
    held.release(first);
    assert.equal(timers.size, 1);
    held.release(second);
    assert.equal(timers.size, 0);
    held.hold(first);
    assert.deepEqual(next(), [5_000]);
    held.release(first);
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
});

Deno.test("a database that is away ends no work, however long; one that refuses does", async () => {
  let answer = (): Promise<ReadonlySet<string>> => Promise.reject(new Error("Away"));
  await withHeld(queue(() => answer()), [first], async (held, [signal]) => {
    for (let beat = 0; beat < 20; beat++) await held.heartbeat();
    assert.equal(signal?.aborted, false);
    answer = () => Promise.resolve(new Set());
    await held.heartbeat();
    assert.equal(signal?.aborted, true);
  });
});

Deno.test("a heartbeat says whether the worker looks for more", async () => {
  const told: boolean[] = [];
  const tasks = queue((claims, mayClaim) => {
    told.push(mayClaim);
    return Promise.resolve(new Set(claims.map(({ taskId }) => taskId)));
  });
  let isYoung = true;
  const held = new LeaseKeeper(tasks, recordLog().log, () => isYoung);
  held.hold(first);
  await held.heartbeat();
  isYoung = false;
  await held.heartbeat();
  held.release(first);
  assert.deepEqual(told, [true, false]);
});
