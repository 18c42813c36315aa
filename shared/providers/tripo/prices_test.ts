import assert from "node:assert/strict";
import { textToModelSchema, textureSchema } from "../../../simulators/tripo/fields.ts";
import { findGenerationModel } from "../../../simulators/tripo/models.ts";
import { priceGeneration, priceTexture } from "../../../simulators/tripo/prices.ts";
import type { Description } from "../provider_operation.ts";
import { imageToModel } from "./image_to_model.ts";
import { mapVersion, versionNames } from "./models.ts";
import { refineModel } from "./refine_model.ts";
import { textToModel } from "./text_to_model.ts";

type Fields = Readonly<Record<string, unknown>>;

const views = { input_image_asset_urls: ["front", "left"] };
const surface = { input_model_asset_url: "model", prompt: "rusty" };

function fromWords(fields: Fields = {}): Description {
  return textToModel.describe({ prompt: "x", ...fields });
}

function fromImages(fields: Fields = {}): Description {
  return imageToModel.describe({ ...views, ...fields });
}

const plain = { texture: false };
const detailed = { texture_quality: "detailed" };

Deno.test("the list price follows the line of the model, what it is made of and its texture", () => {
  const cases: readonly (readonly [version: string, Fields, words: number, images: number])[] = [
    ["v3.1-20260211", {}, 0.2, 0.3],
    ["v3.1-20260211", plain, 0.1, 0.2],
    ["v3.0-20250812", detailed, 0.3, 0.4],
    ["v2.5-20250123", { ...detailed, pbr: true, auto_size: true, face_limit: 500_000 }, 0.3, 0.4],
    // There is no texture to be detailed, and nothing physical in it.
    ["v2.5-20250123", { ...plain, ...detailed, pbr: true }, 0.1, 0.2],
    ["v1.4-20240625", {}, 0.2, 0.3],
    ["P1-20260311", plain, 0.3, 0.4],
    ["P1-20260311", {}, 0.4, 0.5],
    ["P1-20260311", detailed, 0.5, 0.6],
    ["P2-20260801", plain, 1, 1],
    ["P2-20260801", {}, 1.1, 1.1],
  ];
  for (const [model_version, fields, words, images] of cases) {
    for (const [told, usd] of [[fromWords, words], [fromImages, images]] as const) {
      const { listPriceUsd, estimateUsd } = told({ ...fields, model_version });
      const shown = JSON.stringify([model_version, fields]);
      assert.deepEqual([listPriceUsd, estimateUsd], [usd, usd], shown);
    }
  }
});

Deno.test("a detailed texture without a price of its own costs up to the best one's", () => {
  for (const told of [fromWords, fromImages]) {
    const { listPriceUsd, estimateUsd } = told({ model_version: "P2-20260801", ...detailed });
    assert.deepEqual([listPriceUsd, estimateUsd], [1.1, 1.3]);
  }
});

Deno.test("one view costs what four do", () => {
  const four = { input_image_asset_urls: ["front", "left", "back", "right"] };
  const one = { input_image_asset_urls: ["front", null, "", null] };
  assert.equal(fromImages(four).listPriceUsd, fromImages(one).listPriceUsd);
});

Deno.test("a surface costs by its quality, whichever model paints it", () => {
  for (const model_version of [undefined, ...versionNames]) {
    const usdOf = (fields: Fields): number =>
      refineModel.describe({ ...surface, model_version, ...fields }).listPriceUsd;
    assert.deepEqual([usdOf({}), usdOf(detailed)], [0.1, 0.2]);
    assert.equal(usdOf({ pbr: true, texture: false }), 0.1);
  }
});

Deno.test("the model is named as it is asked for", () => {
  for (const model_version of versionNames) {
    assert.equal(fromWords({ model_version }).model, mapVersion(model_version).value);
  }
  assert.equal(fromImages().model, "v3.1-20260211");
  assert.equal(refineModel.describe(surface).model, "v3.0-20250812");
});

Deno.test("no bound is below what the simulated service bills", () => {
  const flags = [true, false];
  for (const texture_quality of ["standard", "detailed"]) {
    for (const texture of flags) {
      for (const pbr of flags) {
        for (const model_version of versionNames) {
          const fields = { texture, pbr, texture_quality, model_version };
          const words = { prompt: "x", ...fields };
          const sent = textToModelSchema.parse(textToModel.requestOf(words));
          const model = findGenerationModel(sent.model);
          const shown = JSON.stringify(fields);
          const credits = priceGeneration(sent, model, "fromText");
          assert.ok(fromWords(fields).estimateUsd >= credits / 100, shown);
          const ofImages = textToModelSchema.parse({
            prompt: "x",
            ...imageToModel.requestOf({ ...views, ...fields }).fields,
          });
          const dearer = priceGeneration(ofImages, model, "fromImages");
          assert.ok(fromImages(fields).estimateUsd >= dearer / 100, shown);
          if (!texture && !pbr) continue;
          const refinement = { ...surface, ...fields };
          const painted = textureSchema.parse(refineModel.requestOf(refinement).fields);
          const { estimateUsd } = refineModel.describe(refinement);
          assert.ok(estimateUsd >= priceTexture(painted) / 100, shown);
        }
      }
    }
  }
});
