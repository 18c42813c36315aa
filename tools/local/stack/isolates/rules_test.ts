import assert from "node:assert/strict";
import { judge, plans, type Usage } from "./rules.ts";

const FRESH: Usage = { lifeSeconds: 0, processorSeconds: 0, memoryBytes: 0 };

const MEASURES = [
  ["lifeSeconds", "wall_clock"],
  ["processorSeconds", "cpu"],
  ["memoryBytes", "memory"],
] as const;

Deno.test("a fresh isolate takes requests", () => {
  assert.deepEqual(judge(FRESH, plans.free), { isFit: true, told: undefined, killed: undefined });
});

for (const [measure, limit] of MEASURES) {
  const after = (part: number) =>
    judge({ ...FRESH, [measure]: plans.free[measure] * part }, plans.free);

  Deno.test(`an isolate retires at half of its ${measure}, is told at 90 %, and killed at the end`, () => {
    assert.deepEqual(after(0.49), { isFit: true, told: undefined, killed: undefined });
    assert.deepEqual(after(0.5), { isFit: false, told: undefined, killed: undefined });
    assert.deepEqual(after(0.9), { isFit: false, told: limit, killed: undefined });
    assert.deepEqual(after(1), { isFit: false, told: limit, killed: limit });
  });
}
