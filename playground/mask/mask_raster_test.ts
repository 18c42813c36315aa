import assert from "node:assert/strict";
import { MaskRaster } from "./mask_raster.ts";

function rows({ pixels, size }: MaskRaster): string[] {
  return Array.from(
    { length: size.height },
    (_, row) => pixels.subarray(row * size.width, (row + 1) * size.width).join(""),
  );
}

Deno.test("a dab is a disc with hard edges", () => {
  const mask = new MaskRaster({ width: 5, height: 5 });
  assert.ok(mask.isEmpty);
  mask.apply({ points: [{ x: 2, y: 2 }], radius: 1, isEraser: false });
  assert.deepEqual(rows(mask), ["00000", "00100", "01110", "00100", "00000"]);
  assert.ok(!mask.isEmpty);
});

Deno.test("a line is as wide as the brush, and stays within the picture", () => {
  const mask = new MaskRaster({ width: 6, height: 3 });
  mask.apply({ points: [{ x: -5, y: 1 }, { x: 3, y: 1 }], radius: 0.5, isEraser: false });
  assert.deepEqual(rows(mask), ["000000", "111100", "000000"]);
});

Deno.test("the eraser takes paint away, and inverting turns everything", () => {
  const mask = new MaskRaster({ width: 4, height: 1 });
  mask.apply({ points: [{ x: 0, y: 0 }, { x: 3, y: 0 }], radius: 0, isEraser: false });
  mask.apply({ points: [{ x: 1, y: 0 }], radius: 0, isEraser: true });
  assert.deepEqual(rows(mask), ["1011"]);
  mask.apply("invert");
  assert.deepEqual(rows(mask), ["0100"]);
  mask.apply("clear");
  assert.ok(mask.isEmpty);
});

Deno.test("steps after a start are repeated without the last: that is undo", () => {
  const start = Uint8Array.from([1, 0, 0]);
  const steps = [{ points: [{ x: 1, y: 0 }], radius: 0, isEraser: false }, "invert"] as const;
  const mask = new MaskRaster({ width: 3, height: 1 }, start);
  for (const step of steps.slice(0, -1)) mask.apply(step);
  assert.deepEqual(rows(mask), ["110"]);
});
