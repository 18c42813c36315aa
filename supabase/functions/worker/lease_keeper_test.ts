import assert from "node:assert/strict";
import type { Claim } from "../../../shared/tasks/task.ts";
import { LEASE_SECONDS, type WorkQueue } from "../../../shared/tasks/work_queue.ts";
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
  const held = new LeaseKeeper(tasks, recordLog().log);
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

Deno.test("a lease counts from when it was asked for, however late the answer comes", async () => {
  const clock = { now: 5_000 };
  const answers: (() => Promise<ReadonlySet<string>>)[] = [
    () => {
      clock.now += 4_000;
      return Promise.resolve(new Set(["first"]));
    },
    () => Promise.reject(new Error("Away")),
  ];
  const keeper = new LeaseKeeper(
    queue(() => answers.shift()?.() ?? Promise.reject(new Error("Away"))),
    recordLog().log,
    () => clock.now,
  );
  const signal = keeper.hold(first);
  await keeper.heartbeat();
  clock.now = 5_000 + LEASE_SECONDS * 1_000;
  await keeper.heartbeat();
  keeper.release(first);
  assert.equal(signal.aborted, true);
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

Deno.test("one heartbeat runs while claims are held, well within the lease", () => {
  const running = new Map<number, number>();
  const { setInterval, clearInterval } = globalThis;
  Object.assign(globalThis, {
    setInterval: (_beat: () => void, every: number) => running.set(running.size + 1, every).size,
    clearInterval: (id: number) => running.delete(id),
  });
  try {
    const held = new LeaseKeeper(keeping(), recordLog().log);
    held.hold(first);
    held.hold(second);
    assert.deepEqual([...running.values()], [5_000]);
    held.release(first);
    assert.equal(running.size, 1);
    held.release(second);
    assert.equal(running.size, 0);
    held.hold(first);
    assert.equal(running.size, 1);
  } finally {
    Object.assign(globalThis, { setInterval, clearInterval });
  }
});

Deno.test("a database that is away for longer than a lease ends the work", async () => {
  let seconds = 0;
  const away = queue(() => Promise.reject(new Error("Away")));
  const held = new LeaseKeeper(away, recordLog().log, () => seconds * 1000);
  const signal = held.hold(first);
  seconds = LEASE_SECONDS - 1;
  await held.heartbeat();
  assert.equal(signal.aborted, false);
  seconds = LEASE_SECONDS;
  await held.heartbeat();
  held.release(first);
  assert.equal(signal.aborted, true);
});

Deno.test("a heartbeat that is answered holds the claim for another lease", async () => {
  let seconds = 0;
  let isAway = false;
  const tasks = queue(() =>
    isAway ? Promise.reject(new Error("Away")) : Promise.resolve(new Set(["first"]))
  );
  const held = new LeaseKeeper(tasks, recordLog().log, () => seconds * 1000);
  const signal = held.hold(first);
  seconds = 5;
  await held.heartbeat();
  isAway = true;
  seconds = LEASE_SECONDS;
  await held.heartbeat();
  held.release(first);
  assert.equal(signal.aborted, false);
});
