import assert from "node:assert/strict";
import { MemorySemaphore } from "../memory_semaphore.ts";
import { withMemory } from "./with_memory.ts";

const { signal } = new AbortController();

Deno.test("a step gives its memory back, whether it succeeds or fails", async () => {
  const semaphore = new MemorySemaphore(10);
  await withMemory(semaphore, signal, (reserve) => reserve(10));
  await assert.rejects(withMemory(semaphore, signal, async (reserve) => {
    await reserve(10);
    throw new Error("Broken");
  }));
  assert.equal(
    await withMemory(semaphore, signal, async (reserve) => {
      await reserve(10);
      return "next";
    }),
    "next",
  );
});

Deno.test("a step cannot reserve memory twice", async () => {
  const twice = withMemory(new MemorySemaphore(10), signal, async (reserve) => {
    await reserve(1);
    await reserve(1);
  });
  await assert.rejects(twice, { message: "A step reserves memory once" });
});
