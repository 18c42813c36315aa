import assert from "node:assert/strict";
import type { Making } from "../../../../shared/providers/adapter.ts";
import { resultsOf } from "./results_of.ts";

const facts = { media_type: "image/png", bytes: 7 };
const stored = [{ url: "https://files.example/0.png", facts }];

function results(parameters: unknown, making?: Making, previewUrl?: string): unknown {
  const { assets, ...others } = resultsOf(parameters, { stored, previewUrl, making });
  assert.deepEqual(assets, [facts]);
  return others;
}

Deno.test("a seed is the one that was told, else the one that was asked for", () => {
  assert.deepEqual(results({ seed: 1 }, { seed: 2 }), { seed: 2 });
  assert.deepEqual(results({ seed: 0 }, { seed: 7 }), { seed: 7 });
  assert.deepEqual(results({ seed: 1 }, { seed: undefined }), { seed: 1 });
  assert.deepEqual(results({ seed: 1 }), { seed: 1 });
  for (const parameters of [{}, { seed: "1" }, { seed: 0.5 }, null, "words of an older version"]) {
    assert.deepEqual(results(parameters), {});
  }
});

Deno.test("a prompt and a picture are kept where there are any", () => {
  const making = { revisedPrompt: "Two cats" };
  assert.deepEqual(results({}, making, "https://files.example/0.preview.webp"), {
    preview_url: "https://files.example/0.preview.webp",
    revised_prompt: "Two cats",
  });
});
