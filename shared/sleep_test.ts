import assert from "node:assert/strict";
import { sleep } from "./sleep.ts";

/** A signal that counts who listens to it. */
function counted(): { controller: AbortController; listeners: Set<unknown> } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.add(listener);
    add(type, listener);
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return { controller, listeners };
}

Deno.test("the time passes, with a signal or without, and nobody listens afterwards", async () => {
  await sleep(0);
  const { controller, listeners } = counted();
  const passed = sleep(0, controller.signal);
  assert.equal(listeners.size, 1);
  await passed;
  assert.equal(listeners.size, 0);
});

// Sanitized: a timer that is left over fails the test.
Deno.test("a signal ends the time at once, and leaves no timer and no listener", {
  sanitizeOps: true,
  sanitizeResources: true,
}, async () => {
  const { controller, listeners } = counted();
  const passed = sleep(1_000_000, controller.signal);
  controller.abort();
  await passed;
  assert.equal(listeners.size, 0);
});

Deno.test("at a signal that has been, no time passes", async () => {
  const { controller, listeners } = counted();
  controller.abort();
  await sleep(1_000_000, controller.signal);
  assert.equal(listeners.size, 0);
});
