import assert from "node:assert/strict";
import { unaskedDrawings } from "./unasked_drawings.ts";

const URLS = ["https://files.example/0.png", "https://files.example/1.svg"];

Deno.test("a drawing is unasked where nothing of the request speaks of vectors", async (t) => {
  const requests: readonly unknown[] = [
    {},
    { model: "recraftv3", style: "realistic_image" },
    { model: "recraftv4_pro", prompt: "vector_illustration" },
    null,
    "words of an older version",
    { model: 3 },
  ];
  for (const request of requests) {
    await t.step(JSON.stringify(request), () => {
      assert.deepEqual(unaskedDrawings(request, URLS), {
        1: "Pixels were asked for, and the provider has drawn an SVG",
      });
      assert.equal(unaskedDrawings(request, URLS.slice(0, 1)), undefined);
    });
  }
});

Deno.test("one that was asked for, or may have been, is no surprise", async (t) => {
  const requests = [
    { model: "recraftv3_vector" },
    { model: "recraftv4_1_utility_vector" },
    { model: "recraftv4_1_utility_pro_vector" },
    { model: "recraftv3", style: "vector_illustration" },
    { model: "recraftv2", style: "icon" },
    { model: "recraftv3", style_id: "11111111-1111-4111-8111-111111111111" },
  ];
  for (const request of requests) {
    await t.step(JSON.stringify(request), () => {
      assert.equal(unaskedDrawings(request, URLS), undefined);
    });
  }
});
