import assert from "node:assert/strict";
import { RecraftError } from "../../../simulators/recraft/errors.ts";
import { generationFields, readFields } from "../../../simulators/recraft/fields.ts";
import { REMOVE_BACKGROUND_UNITS } from "../../../simulators/recraft/models.ts";
import { renderGeneration } from "../../../simulators/recraft/rendering.ts";
import type { Description } from "../provider_operation.ts";
import { imageInpaint } from "./image_inpaint.ts";
import { imageToImage } from "./image_to_image.ts";
import { inpaintModelIds, modelIds, styleNames } from "./models.ts";
import { removeBackground } from "./remove_background.ts";
import { textToImage } from "./text_to_image.ts";

const STYLE_ID = "5b0c2c6e-6a3e-4a43-9a53-2f2f3f0f1f2f";
const image = { input_image_asset_url: "image" };
const mask = { ...image, input_mask_asset_url: "mask" };

type Fields = Readonly<Record<string, unknown>>;

function generation(fields: Fields = {}): Description {
  return textToImage.describe({ prompt: "x", ...fields });
}

Deno.test("the list price follows the model, its vectors and the number of images", () => {
  const cases: readonly (readonly [Fields, usd: number])[] = [
    [{}, 0.04],
    [{ n: 6 }, 0.24],
    [{ style: "vector_illustration", n: 2 }, 0.16],
    [{ style: "digital_illustration", substyle: "line_art" }, 0.04],
    [{ model: "recraftv3_vector" }, 0.08],
    [{ model: "recraftv2", n: 3 }, 0.066],
    [{ model: "recraftv2", style: "icon" }, 0.044],
    [{ model: "recraftv2_vector", style: "realistic_image" }, 0.044],
    [{ model: "recraftv4" }, 0.04],
    // A model without styles ignores one.
    [{ model: "recraftv4", style: "vector_illustration" }, 0.04],
    [{ model: "recraftv4_pro" }, 0.25],
    [{ model: "recraftv4_1", n: 3 }, 0.105],
    [{ model: "recraftv4_1_vector" }, 0.08],
    [{ model: "recraftv4_1_pro" }, 0.21],
    [{ model: "recraftv4_1_utility_pro_vector", n: 2 }, 0.6],
    [{ model: "recraftv4_1_flash" }, 0.007],
    [{ model: "recraftv4_styles", style_id: STYLE_ID }, 0.035],
    [{ model: "recraftv4_styles_vector", style_id: STYLE_ID, n: 2 }, 0.1],
    [{ model: "recraftv4_styles_pro", style_id: STYLE_ID }, 0.1],
    [{ model: "recraftv4_styles_pro_vector", style_id: STYLE_ID }, 0.12],
  ];
  for (const [fields, usd] of cases) {
    const { listPriceUsd, estimateUsd, model } = generation(fields);
    assert.deepEqual([listPriceUsd, estimateUsd], [usd, usd], JSON.stringify(fields));
    assert.equal(model, fields["model"] ?? "recraftv3");
  }
});

Deno.test("a style of somebody's may give vectors, and what is no style's may not", () => {
  const priceOf = (fields: Fields): readonly number[] => {
    const { listPriceUsd, estimateUsd } = generation(fields);
    return [listPriceUsd, estimateUsd];
  };
  assert.deepEqual(priceOf({ style_id: STYLE_ID, n: 2 }), [0.08, 0.16]);
  assert.deepEqual(priceOf({ style_id: STYLE_ID, style: "vector_illustration" }), [0.04, 0.08]);
  assert.deepEqual(priceOf({ style_id: "custom_style_123" }), [0.04, 0.04]);
  assert.deepEqual(priceOf({ style_id: STYLE_ID, model: "recraftv4_1" }), [0.035, 0.035]);
});

Deno.test("a changed image costs what a new one does, and its bound no less than that of V3", () => {
  const cases: readonly (readonly [Fields, list: number, most: number])[] = [
    [{}, 0.04, 0.04],
    [{ n: 2, style: "vector_illustration" }, 0.16, 0.16],
    [{ model: "recraftv4_1", n: 2 }, 0.07, 0.08],
    [{ model: "recraftv4_1_flash" }, 0.007, 0.04],
    [{ model: "recraftv4_1_vector" }, 0.08, 0.08],
    [{ model: "recraftv4_pro" }, 0.25, 0.25],
  ];
  for (const [fields, list, most] of cases) {
    const { listPriceUsd, estimateUsd } = imageToImage.describe({
      prompt: "x",
      ...image,
      ...fields,
    });
    assert.deepEqual([listPriceUsd, estimateUsd], [list, most], JSON.stringify(fields));
  }
  const { listPriceUsd } = imageInpaint.describe({ prompt: "x", ...mask, n: 6 });
  assert.equal(listPriceUsd, 0.24);
});

Deno.test("a background is removed at one price, which the ledger has by the endpoint's name", () => {
  const { model, listPriceUsd, estimateUsd } = removeBackground.describe(image);
  assert.deepEqual([model, listPriceUsd, estimateUsd], ["removeBackground", 0.01, 0.01]);
  assert.equal(estimateUsd, REMOVE_BACKGROUND_UNITS / 1_000);
});

/** What the simulated service bills; undefined if it refuses. */
function billed(fields: Fields): number | undefined {
  try {
    return renderGeneration(readFields(generationFields, fields)).units / 1_000;
  } catch (error) {
    if (error instanceof RecraftError) return undefined;
    throw error;
  }
}

Deno.test("no bound is below what the simulated service bills", () => {
  let compared = 0;
  const compare = (
    operation: typeof textToImage | typeof imageToImage | typeof imageInpaint,
    fields: Fields,
  ): void => {
    const parsed = operation.schema.safeParse(fields);
    if (!parsed.success) return;
    // The service's own words are left: what it draws with, and not what from.
    const request = operation.requestOf(fields);
    const { strength: _, ...drawing } = "fields" in request
      ? { strength: 0, ...request.fields }
      : { strength: 0, ...request };
    const usd = billed(drawing);
    if (usd === undefined) return;
    const { estimateUsd, listPriceUsd } = operation.describe(fields);
    assert.ok(
      estimateUsd >= usd - 1e-9,
      `${operation.operation} ${JSON.stringify(fields)}: ${usd}`,
    );
    assert.ok(estimateUsd >= listPriceUsd);
    compared++;
  };
  for (const model of modelIds) {
    for (const style of [undefined, ...styleNames]) {
      for (const style_id of [undefined, STYLE_ID, "custom_style_123"]) {
        for (const n of [1, 2, 6]) {
          const fields = { prompt: "x", model, style, style_id, n };
          compare(textToImage, fields);
          compare(imageToImage, { ...fields, ...image });
          compare(imageInpaint, { ...fields, ...mask });
        }
      }
    }
  }
  assert.ok(compared > (2 * modelIds.length + inpaintModelIds.length) * 2 * 3, String(compared));
});
