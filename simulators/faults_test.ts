import assert from "node:assert/strict";
import { type Fault, FaultQueue } from "./faults.ts";

const fault: Fault = { provider: "openai", kind: "server_error", times: 1 };

Deno.test("take gives each fault as many times as it was ordered, oldest first", () => {
  const queue = new FaultQueue();
  queue.add({ ...fault, kind: "rate_limited", times: 2 });
  queue.add(fault);
  const kinds = [1, 2, 3, 4].map(() => queue.take("openai", "text-to-image")?.kind);
  assert.deepEqual(kinds, ["rate_limited", "rate_limited", "server_error", undefined]);
});

Deno.test("take passes over faults for other providers and operations", () => {
  const queue = new FaultQueue();
  queue.add({ ...fault, provider: "other" });
  queue.add({ ...fault, operation: "image-to-image" });
  assert.equal(queue.take("openai", "text-to-image"), undefined);
  assert.equal(queue.take("openai", "image-to-image")?.kind, "server_error");
  assert.equal(queue.list().length, 1);
});

Deno.test("list shows how many times remain", () => {
  const queue = new FaultQueue();
  queue.add({ ...fault, times: 3 });
  queue.take("openai", "text-to-image");
  assert.deepEqual(queue.list(), [{ ...fault, times: 2 }]);
});

Deno.test("clear forgets every fault", () => {
  const queue = new FaultQueue();
  queue.add(fault);
  queue.clear();
  assert.equal(queue.take("openai", "text-to-image"), undefined);
});
