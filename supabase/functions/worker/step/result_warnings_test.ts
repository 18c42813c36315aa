import assert from "node:assert/strict";
import { resultWarnings } from "./result_warnings.ts";

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
      assert.deepEqual(resultWarnings(request, URLS), {
        1: "Pixels were asked for, and the provider has drawn an SVG",
      });
      assert.equal(resultWarnings(request, URLS.slice(0, 1)), undefined);
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
      assert.equal(resultWarnings(request, URLS), undefined);
    });
  }
});

Deno.test("one that is for download only is told of, whatever was asked for", () => {
  const urls = ["https://files.example/0.bin", "https://files.example/1.svg"];
  assert.deepEqual(resultWarnings({ model: "recraftv3_vector" }, urls), {
    0: "The provider's SVG cannot be read: it is stored as a file for download only",
  });
});
