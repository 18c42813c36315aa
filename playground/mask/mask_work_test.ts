import assert from "node:assert/strict";
import { MaskWork } from "./mask_work.ts";

const SIZE = { width: 3, height: 1 };

Deno.test("a stroke is one step, however many points it has, and undo takes it back whole", () => {
  const work = new MaskWork(SIZE, Uint8Array.from([0, 0, 1]));
  work.paint({ x: 0, y: 0 }, 0, false);
  work.paint({ x: 1, y: 0 }, 0, false);
  assert.ok(work.lift());
  assert.deepEqual([...work.raster.pixels], [1, 1, 1]);
  assert.equal(work.steps.length, 1);
  work.undo();
  assert.deepEqual([...work.raster.pixels], [0, 0, 1]);
});

Deno.test("to lift what was not put down is no step", () => {
  const work = new MaskWork(SIZE);
  assert.ok(!work.lift());
  work.undo();
  assert.ok(work.raster.isEmpty);
});

Deno.test("steps are taken back one after the other", () => {
  const work = new MaskWork(SIZE);
  work.paint({ x: 1, y: 0 }, 0, false);
  work.lift();
  work.apply("invert");
  work.apply("clear");
  const seen = [2, 1, 0].map(() => {
    work.undo();
    return work.raster.pixels.join("");
  });
  assert.deepEqual(seen, ["101", "010", "000"]);
});
