import assert from "node:assert/strict";
import { listPriceUsd } from "./list_price.ts";

const drawing = { task_id: "task-1", provider: "recraft", prompt: "x" };

Deno.test("a body has the list price of what its provider understands of it", () => {
  assert.equal(listPriceUsd("text-to-image", { ...drawing, n: 2 }), 0.08);
  assert.equal(listPriceUsd("text-to-image", { ...drawing, quality: "hd" }), 0.04);
  const edit = { ...drawing, provider: "flux", input_image_asset_url: "image" };
  assert.equal(listPriceUsd("image-to-image", edit), 0.04);
  assert.equal(listPriceUsd("image-to-image", edit, "flux-kontext-max"), 0.08);
});

Deno.test("a body that nobody takes has no price", () => {
  const providers = ["tripo", "nobody", "constructor", undefined, 7];
  for (const provider of providers) {
    assert.throws(() => listPriceUsd("text-to-image", { ...drawing, provider }), TypeError);
  }
  assert.throws(() => listPriceUsd("text-to-image", { ...drawing, n: 99 }), { name: /ZodError/ });
});
