import assert from "node:assert/strict";
import { fitOf, scaled } from "./fit.ts";

Deno.test("an image is scaled to what its provider takes, and never up", () => {
  const recraft = fitOf({ operation: "image-to-image", provider: "recraft", field: "image" });
  const stability = fitOf({ operation: "image-to-model", provider: "stability", field: "images" });
  assert.ok(recraft && stability);
  assert.deepEqual(scaled({ width: 4_032, height: 3_024 }, recraft), {
    width: 2_048,
    height: 1_536,
  });
  assert.deepEqual(scaled({ width: 640, height: 480 }, recraft), { width: 640, height: 480 });
  const { width, height } = scaled({ width: 3_000, height: 3_000 }, stability);
  assert.ok(width === height && width * height <= stability.maxPixels);
  assert.deepEqual(scaled({ width: 9_000, height: 1 }, recraft), { width: 2_048, height: 1 });
});

Deno.test("a photo and its mask keep one size", () => {
  const purpose = { operation: "image-inpaint", provider: "recraft" } as const;
  const [photo, mask] = ["image", "mask"].map((field) => fitOf({ ...purpose, field }));
  assert.ok(photo && mask?.isMask && !photo.isMask);
  const size = { width: 3_001, height: 1_777 };
  assert.deepEqual(scaled(size, photo), scaled(size, mask));
});

Deno.test("what is no image stays as it is", () => {
  assert.equal(fitOf({ operation: "refine-model", provider: "tripo", field: "model" }), undefined);
});
