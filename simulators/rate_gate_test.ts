import assert from "node:assert/strict";
import { RateGate } from "./rate_gate.ts";
import { TestClock } from "./testing.ts";

Deno.test("a gate admits its amount within any window", () => {
  const clock = new TestClock();
  const gate = new RateGate({ amount: 2, windowMs: 1_000 }, clock.now);
  assert.equal(gate.admits("a"), true);
  clock.pass(600);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
  clock.pass(399);
  assert.equal(gate.admits("a"), false);
  clock.pass(1);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
});

Deno.test("a gate counts amounts, and each key for itself", () => {
  const gate = new RateGate({ amount: 5, windowMs: 1_000 }, new TestClock().now);
  assert.equal(gate.admits("a", 4), true);
  assert.equal(gate.admits("a", 2), false);
  assert.equal(gate.admits("b", 5), true);
  assert.equal(gate.admits("a", 1), true);
});

Deno.test("a lock-out lasts its time from the first refusal on, whatever is tried", () => {
  const clock = new TestClock();
  const gate = new RateGate({ amount: 1, windowMs: 10, lockOutMs: 1_000 }, clock.now);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
  clock.pass(999);
  assert.equal(gate.admits("a"), false);
  clock.pass(1);
  assert.equal(gate.admits("a"), true);
});

Deno.test("a gate tells what is left of a key's window", () => {
  const clock = new TestClock();
  const gate = new RateGate({ amount: 5, windowMs: 1_000 }, clock.now);
  assert.deepEqual(gate.windowOf("a"), { remaining: 5, resetMs: 0 });
  gate.admits("a", 3);
  assert.deepEqual(gate.windowOf("a"), { remaining: 2, resetMs: 1_000 });
  clock.pass(400);
  gate.admits("a", 1);
  gate.admits("a", 9);
  assert.deepEqual(gate.windowOf("a"), { remaining: 1, resetMs: 1_000 });
  assert.deepEqual(gate.windowOf("b"), { remaining: 5, resetMs: 0 });
  clock.pass(600);
  assert.deepEqual(gate.windowOf("a"), { remaining: 4, resetMs: 400 });
});
