import assert from "node:assert/strict";
import type { OperationId } from "../../contract/operations.ts";
import type { Description } from "../provider_operation.ts";
import { DEFAULT_MODEL } from "./image_parameters.ts";
import { openai } from "./mod.ts";
import { priceOfTokens } from "./prices.ts";

type Fields = Readonly<Record<string, unknown>>;

function describe(operation: OperationId, fields: Fields = {}, model?: string): Description {
  const declared = openai.operations.find((candidate) => candidate.operation === operation);
  assert.ok(declared);
  const file = operation === "image-to-image" ? { input_image_asset_url: "image" } : {};
  return declared.describe({ prompt: "x", ...file, ...fields }, model);
}

Deno.test("the list price is that of so many square images of the quality", () => {
  const cases: readonly (readonly [model: string | undefined, Fields, usd: number])[] = [
    [undefined, {}, 0.013],
    [undefined, { quality: "standard", n: 4 }, 0.052],
    [undefined, { quality: "hd", n: 3, size: "1792x1024" }, 0.159],
    ["gpt-image-2.5-sunburst", { quality: "hd" }, 0.053],
    ["gpt-image-2.6-flare", { n: 2 }, 0.026],
    ["gpt-image-2", {}, 0.053],
    ["gpt-image-2-2026-04-21", { quality: "hd", n: 4 }, 0.844],
  ];
  for (const [model, fields, usd] of cases) {
    for (const operation of ["text-to-image", "image-to-image"] as const) {
      const { listPriceUsd, model: named } = describe(operation, fields, model);
      assert.equal(listPriceUsd, usd, JSON.stringify([model, fields]));
      assert.equal(named, model ?? DEFAULT_MODEL);
    }
  }
});

Deno.test("a model that nobody knows costs as much as the dearest", () => {
  for (const model of ["", "gpt-image-3", "gpt-image-2.55-flare", "constructor", "gpt-image-2"]) {
    for (const quality of ["standard", "hd"]) {
      const { model: _, ...own } = describe("text-to-image", { quality }, model);
      const { model: __, ...dearest } = describe("text-to-image", { quality }, "gpt-image-2");
      assert.deepEqual(own, dearest, model);
    }
  }
});

Deno.test("each byte of a prompt may be a token, and so may those of the words for a style", () => {
  const estimateOf = (fields: Fields): number => describe("text-to-image", fields).estimateUsd;
  const perByte = (added: number, bytes: number): void =>
    assert.ok(Math.abs(added - 5e-6 * bytes) < 1e-9, String(added));
  perByte(estimateOf({ prompt: "é🤖" }) - estimateOf({ prompt: "x" }), 5);
  const words = " Vivid, dramatic, saturated look.";
  perByte(estimateOf({ style: "vivid" }) - estimateOf({}), words.length);
  // What goes in is billed for each image.
  perByte(estimateOf({ prompt: "xx", n: 4 }) - estimateOf({ n: 4 }), 4);
});

Deno.test("the bound covers the longest prompt of the longest characters", () => {
  const prompt = "語".repeat(32_000);
  const { estimateUsd, listPriceUsd } = describe("text-to-image", { prompt });
  assert.ok(estimateUsd >= listPriceUsd + 96_000 * 5e-6);
});

Deno.test("a bill is its tokens' prices", () => {
  const usd = priceOfTokens({ textInput: 1e6, imageInput: 1e6, output: 1e6 });
  assert.ok(Math.abs(usd - 43) < 1e-9);
});
