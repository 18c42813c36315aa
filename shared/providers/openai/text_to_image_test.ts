import assert from "node:assert/strict";
import { textToImage } from "./text_to_image.ts";

type Parameters = Readonly<Record<string, unknown>>;

function map(parameters: Parameters): ReturnType<typeof textToImage.map> {
  return textToImage.map(textToImage.schema.parse({ prompt: "a clay robot", ...parameters }));
}

Deno.test("each parameter becomes what the provider takes today", async (t) => {
  const request = { prompt: "a clay robot", n: 1, size: "1024x1024", quality: "medium" };
  const vivid = "a clay robot Vivid, dramatic, saturated look.";
  const natural = "a clay robot Natural, realistic, restrained look.";
  const cases: readonly (readonly [name: string, given: Parameters, sent: Parameters])[] = [
    ["defaults", {}, {}],
    ["style vivid", { style: "vivid" }, { prompt: vivid }],
    ["style natural", { style: "natural" }, { prompt: natural }],
    ["quality standard", { quality: "standard" }, { quality: "medium" }],
    ["quality hd", { quality: "hd" }, { quality: "high" }],
    ["n", { n: 4 }, { n: 4 }],
    ["a wide size", { size: "1792x1024" }, { size: "1792x1024" }],
    ["a tall size", { size: "1024x1792" }, { size: "1024x1792" }],
  ];
  for (const [name, given, sent] of cases) {
    await t.step(name, () => assert.deepEqual(map(given).request, { ...request, ...sent }));
  }
});

Deno.test("a warning tells what was sent instead", () => {
  assert.deepEqual(map({}).warnings, []);
  assert.deepEqual(map({ style: "natural", quality: "hd" }).warnings, [
    'style: OpenAI no longer takes it; "Natural, realistic, restrained look." was added to the prompt',
    'quality: OpenAI no longer takes "hd"; sent as "high"',
  ]);
});

Deno.test("the longest prompt with a style stays within what the provider takes", () => {
  const { request } = map({ prompt: "x".repeat(32_000), style: "natural" });
  assert.ok(request.prompt.length <= 32_000);
});
