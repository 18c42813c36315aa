import fc from "fast-check";
import assert from "node:assert/strict";
import { modelNames, prices } from "../../../simulators/flux/models.ts";
import { fitMegapixel, toMegapixels } from "../../../simulators/flux/sizes.ts";
import type { Description } from "../provider_operation.ts";
import { imageToImage } from "./image_to_image.ts";
import { DEFAULT_MODEL } from "./prices.ts";
import { requestBody } from "./request_body.ts";

const request = { prompt: "x", input_image_asset_url: "image" };

function describe(model?: string, fields: Readonly<Record<string, unknown>> = {}): Description {
  return imageToImage.describe({ ...request, ...fields }, model);
}

Deno.test("the list price is that of an edit of a megapixel", () => {
  const cases: readonly (readonly [model: string | undefined, usd: number])[] = [
    [undefined, 0.04],
    ["flux-kontext-pro", 0.04],
    ["flux-kontext-max", 0.08],
    ["flux-2-pro", 0.045],
    ["flux-2-max", 0.1],
    ["flux-2-flex", 0.1],
    ["flux-2-klein-9b", 0.017],
    ["flux-2-klein-4b", 0.015],
    ["flux-pro-1.1-ultra", 0.06],
  ];
  for (const [model, usd] of cases) {
    const { listPriceUsd, model: named } = describe(model);
    assert.equal(listPriceUsd, usd, model);
    assert.equal(named, model ?? DEFAULT_MODEL);
  }
});

Deno.test("an image of Kontext costs the same, whatever its size", () => {
  for (const model of ["flux-kontext-pro", "flux-kontext-max"]) {
    for (const aspect_ratio of [undefined, "21:9"]) {
      const { listPriceUsd, estimateUsd } = describe(model, { aspect_ratio });
      assert.equal(estimateUsd, listPriceUsd);
    }
  }
});

Deno.test("a megapixel model's bound is the largest input, and the largest output for its shape", () => {
  assert.equal(describe("flux-2-max", { aspect_ratio: "1:1" }).estimateUsd, 0.07 + 0.03 * 21);
  assert.equal(describe("flux-2-max").estimateUsd, 0.79);
  // This one takes no more than 9 megapixels in and out.
  assert.equal(describe("flux-2-pro").estimateUsd, 0.18);
});

Deno.test("a model that nobody knows costs as much as the dearest", () => {
  for (const model of ["", "flux-3", "constructor", "flux-2-pro-preview"]) {
    const { listPriceUsd, estimateUsd } = describe(model);
    assert.deepEqual([listPriceUsd, estimateUsd], [0.1, 1.25], model);
  }
});

Deno.test("no bound is below what the simulated service bills", () => {
  const side = fc.integer({ min: 64, max: 20_000 });
  const ratio = fc.constantFrom(undefined, "1:1", "16:9", "9:21", "21:9", "100:99");
  fc.assert(
    fc.property(
      fc.constantFrom(...modelNames),
      side,
      side,
      ratio,
      (model, width, height, asked) => {
        const input = { width, height };
        // What is larger is refused by us, or by the service.
        fc.pre(width * height <= 20_000_000);
        const sent = requestBody(
          model,
          imageToImage.map(imageToImage.schema.parse({
            ...request,
            aspect_ratio: asked,
          })).request.fields,
          "",
        );
        const output = typeof sent["width"] === "number" && typeof sent["height"] === "number"
          ? { width: sent["width"], height: sent["height"] }
          : fitMegapixel(width / height);
        const megapixels = { input: toMegapixels([input]), output: toMegapixels([output]) };
        fc.pre(model !== "flux-2-pro" || megapixels.input + megapixels.output <= 9);
        const { estimateUsd } = describe(model, { aspect_ratio: asked });
        assert.ok(estimateUsd >= prices[model](megapixels) / 100 - 1e-9);
      },
    ),
    { numRuns: 500 },
  );
});
