import assert from "node:assert/strict";
import { SpeedFloor } from "./speed_floor.ts";

const limit = { bytesPerSecond: 8_000, windowSeconds: 20 };

/** The seconds after which a sender of so many bytes a second is too slow, up to ten minutes. */
function secondsUntilTooSlow(bytesPerSecond: number): number {
  const floor = new SpeedFloor(limit);
  for (let second = 1; second <= 600; second++) {
    floor.note(bytesPerSecond, 1_000);
    if (floor.allowance === 0) return second;
  }
  return Infinity;
}

Deno.test("whoever sends slower than the limit is given up, the sooner the slower", () => {
  assert.deepEqual([0, 1, 4_000, 7_000, 8_000, 80_000].map(secondsUntilTooSlow), [
    20,
    21,
    40,
    160,
    Infinity,
    Infinity,
  ]);
});

Deno.test("a pause within a window is no slowness, and a fast beginning no credit", () => {
  const floor = new SpeedFloor(limit);
  floor.note(100_000_000, 1);
  assert.equal(floor.allowance, 20_000);
  floor.note(0, 19_000);
  assert.equal(floor.allowance, 1_000);
  floor.note(152_000, 0);
  assert.equal(floor.allowance, 20_000);
});
