import assert from "node:assert/strict";
import { stability } from "./mod.ts";

Deno.test("a call costs what the list says of its endpoint", () => {
  const told = stability.operations.map(({ operation, example, describe }) => {
    const { model, listPriceUsd, estimateUsd } = describe(example, "a model of another's");
    assert.equal(estimateUsd, listPriceUsd, operation);
    return [operation, [model, listPriceUsd]];
  });
  assert.deepEqual(Object.fromEntries(told), {
    "text-to-image": ["stable-image/generate/core", 0.03],
    "image-to-image": ["stable-image/control/style", 0.05],
    "sketch-to-image": ["stable-image/control/sketch", 0.05],
    "remove-background": ["stable-image/edit/remove-background", 0.05],
    "search-and-recolor": ["stable-image/edit/search-and-recolor", 0.05],
    "image-to-model": ["3d/stable-point-aware-3d", 0.04],
  });
});
