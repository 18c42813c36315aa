import assert from "node:assert/strict";
import { waitUntil } from "./background.ts";

Deno.test("the platform is told about work that goes on after the answer", () => {
  const told: Promise<unknown>[] = [];
  const EdgeRuntime = { waitUntil: (work: Promise<unknown>) => told.push(work) };
  const work = Promise.resolve();
  Object.assign(globalThis, { EdgeRuntime });
  try {
    waitUntil(work);
  } finally {
    Reflect.deleteProperty(globalThis, "EdgeRuntime");
  }
  assert.deepEqual(told, [work]);
});

Deno.test("outside the platform work goes on by itself", () => {
  assert.doesNotThrow(() => waitUntil(Promise.resolve()));
});
