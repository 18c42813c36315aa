import assert from "node:assert/strict";
import { RateGate } from "./rate_gate.ts";

function createClock(): { now: () => Date; pass: (milliseconds: number) => void } {
  let time = Date.parse("2026-11-23T12:00:00Z");
  return {
    now: () => new Date(time),
    pass(milliseconds): void {
      time += milliseconds;
    },
  };
}

Deno.test("a gate admits its amount within any window", () => {
  const { now, pass } = createClock();
  const gate = new RateGate({ amount: 2, windowMs: 1_000 }, now);
  assert.equal(gate.admits("a"), true);
  pass(600);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
  pass(399);
  assert.equal(gate.admits("a"), false);
  pass(1);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
});

Deno.test("a gate counts amounts, and each key for itself", () => {
  const gate = new RateGate({ amount: 5, windowMs: 1_000 }, createClock().now);
  assert.equal(gate.admits("a", 4), true);
  assert.equal(gate.admits("a", 2), false);
  assert.equal(gate.admits("b", 5), true);
  assert.equal(gate.admits("a", 1), true);
});

Deno.test("a lock-out lasts its time from the first refusal on, whatever is tried", () => {
  const { now, pass } = createClock();
  const gate = new RateGate({ amount: 1, windowMs: 10, lockOutMs: 1_000 }, now);
  assert.equal(gate.admits("a"), true);
  assert.equal(gate.admits("a"), false);
  pass(999);
  assert.equal(gate.admits("a"), false);
  pass(1);
  assert.equal(gate.admits("a"), true);
});
