import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { MemorySemaphore } from "./memory_semaphore.ts";

const { signal } = new AbortController();

/** Work that tells when it begins and ends when told. */
function works(semaphore: MemorySemaphore, signals: readonly AbortSignal[] = []): {
  begun: string[];
  begin: (name: string, bytes: number) => Promise<void>;
  end: (name: string) => Promise<void>;
} {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    begin: (name, bytes) =>
      semaphore.hold(bytes, signals[0] ?? signal, () => {
        begun.push(name);
        return new Promise((resolve) => ends.set(name, resolve));
      }),
    end: async (name) => {
      ends.get(name)?.();
      await setImmediate();
    },
  };
}

Deno.test("steps begin while their inputs fit together, and in turn", async () => {
  const { begun, begin, end } = works(new MemorySemaphore(10));
  const all = [begin("six", 6), begin("four", 4), begin("five", 5), begin("one", 1)];
  await setImmediate();
  assert.deepEqual(begun, ["six", "four"]);
  await end("four");
  assert.deepEqual(begun, ["six", "four"], "one does not overtake five");
  await end("six");
  assert.deepEqual(begun, ["six", "four", "five", "one"]);
  await Promise.all([end("five"), end("one"), ...all]);
});

Deno.test("what is larger than everything begins alone, and what has no inputs at once", async () => {
  const { begun, begin, end } = works(new MemorySemaphore(10));
  const all = [begin("small", 1), begin("giant", 99), begin("none", 0), begin("late", 1)];
  await setImmediate();
  assert.deepEqual(begun, ["none", "small"]);
  await end("small");
  assert.deepEqual(begun, ["none", "small", "giant"]);
  await end("giant");
  assert.deepEqual(begun, ["none", "small", "giant", "late"]);
  await Promise.all([end("none"), end("late"), ...all]);
});

Deno.test("a failure gives its place back", async () => {
  const semaphore = new MemorySemaphore(10);
  await assert.rejects(semaphore.hold(10, signal, () => Promise.reject(new Error("Broken"))));
  assert.equal(await semaphore.hold(10, signal, () => Promise.resolve("next")), "next");
});

Deno.test("whoever is not wanted any more does not wait on", async () => {
  const controller = new AbortController();
  const semaphore = new MemorySemaphore(10);
  const { begin, end } = works(semaphore);
  const first = begin("first", 10);
  const lost = works(semaphore, [controller.signal]);
  const second = lost.begin("lost", 10);
  await setImmediate();
  assert.deepEqual(lost.begun, []);
  controller.abort();
  await setImmediate();
  assert.deepEqual(lost.begun, ["lost"]);
  await Promise.all([lost.end("lost"), end("first"), first, second]);
});

Deno.test("whoever gives up waiting gives back only what it has taken", async () => {
  const controller = new AbortController();
  const semaphore = new MemorySemaphore(10);
  const { begun, begin, end } = works(semaphore);
  const first = begin("first", 10);
  const lost = works(semaphore, [controller.signal]);
  const second = lost.begin("lost", 10);
  await setImmediate();
  controller.abort();
  await setImmediate();
  await lost.end("lost");
  const third = begin("third", 5);
  await setImmediate();
  assert.deepEqual(begun, ["first"], "the first still holds all there is");
  await end("first");
  assert.deepEqual(begun, ["first", "third"]);
  await Promise.all([end("third"), first, second, third]);
});
