import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { MemorySemaphore } from "./memory_semaphore.ts";

/** Steps that tell when they have got memory, and give it back when told. */
function steps(semaphore: MemorySemaphore): {
  readonly holding: string[];
  want(name: string, bytes: number, signal?: AbortSignal): Promise<void>;
  end(name: string): Promise<void>;
} {
  const holding: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    holding,
    async want(name, bytes, signal = new AbortController().signal) {
      const release = await semaphore.acquire(bytes, signal);
      holding.push(name);
      ends.set(name, release);
    },
    async end(name) {
      holding.splice(holding.indexOf(name), 1);
      ends.get(name)?.();
      await setImmediate();
    },
  };
}

Deno.test("answers are read while they fit together, and in turn", async () => {
  const { holding, want, end } = steps(new MemorySemaphore(10));
  const all = [want("six", 6), want("four", 4), want("five", 5), want("one", 1)];
  await setImmediate();
  assert.deepEqual(holding, ["six", "four"]);
  await end("four");
  assert.deepEqual(holding, ["six"], "one does not overtake five");
  await end("six");
  assert.deepEqual(holding, ["five", "one"]);
  await Promise.all(all);
});

Deno.test("what is larger than everything is read alone", async () => {
  const { holding, want, end } = steps(new MemorySemaphore(10));
  const all = [want("small", 1), want("giant", 99), want("late", 1)];
  await setImmediate();
  assert.deepEqual(holding, ["small"]);
  await end("small");
  assert.deepEqual(holding, ["giant"]);
  await end("giant");
  assert.deepEqual(holding, ["late"]);
  await Promise.all(all);
});

Deno.test("whoever is not wanted any more does not wait on, and blocks nobody", async () => {
  const controller = new AbortController();
  const { holding, want } = steps(new MemorySemaphore(10));
  await want("first", 5);
  const lost = want("lost", 6, controller.signal);
  const last = want("last", 5);
  await setImmediate();
  assert.deepEqual(holding, ["first"]);
  controller.abort(new Error("Lost"));
  await assert.rejects(lost, { message: "Lost" });
  await last;
  assert.deepEqual(holding, ["first", "last"]);
  await assert.rejects(want("too late", 0, controller.signal), { message: "Lost" });
});

Deno.test("a signal that aborts later takes nothing back", async () => {
  const controller = new AbortController();
  const { holding, want, end } = steps(new MemorySemaphore(10));
  await want("first", 10, controller.signal);
  controller.abort();
  const second = want("second", 10);
  await setImmediate();
  assert.deepEqual(holding, ["first"]);
  await end("first");
  await second;
  assert.deepEqual(holding, ["second"]);
});

Deno.test("whatever is wanted and given up, everybody else gets it, and never too much at once", async () => {
  const wants = fc.array(
    fc.record({ bytes: fc.nat(15), isLost: fc.boolean() }),
    { maxLength: 12 },
  );
  await fc.assert(fc.asyncProperty(wants, async (all) => {
    const semaphore = new MemorySemaphore(10);
    const held: number[] = [];
    let served = 0;
    const work = all.map(async ({ bytes, isLost }) => {
      const controller = new AbortController();
      const acquired = semaphore.acquire(bytes, controller.signal);
      if (isLost) queueMicrotask(() => controller.abort());
      const release = await acquired.catch(() => undefined);
      if (!release) return;
      held.push(bytes);
      const sum = held.reduce((total, each) => total + each, 0);
      assert.ok(sum <= 10 || held.filter((each) => each > 0).length === 1, held.join());
      await setImmediate();
      held.splice(held.indexOf(bytes), 1);
      served++;
      release();
    });
    await Promise.all(work);
    assert.ok(served >= all.filter(({ isLost }) => !isLost).length);
    await semaphore.acquire(10, new AbortController().signal);
  }));
});
