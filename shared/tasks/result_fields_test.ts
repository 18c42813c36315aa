import assert from "node:assert/strict";
import { resultFields, storedAddresses } from "./result_fields.ts";

const picture = { media_type: "image/png", bytes: 10, width: 2, height: 3 };
const assetUrls = ["stored:0", "stored:1"];
const shown = ["shown:0", "shown:1"];
const urls = { asset_url: "shown:0", asset_urls: shown };

Deno.test("each result is shown with what is known of it, and with what makes it again", () => {
  const results = {
    assets: [picture, { media_type: "image/png", bytes: 20 }],
    model_id: "painter-2",
    seed: 0,
    revised_prompt: "Two cats",
  };
  const task = { assetUrls, results, parameters: { prompt: "Cats" } };
  assert.deepEqual(storedAddresses(task), assetUrls);
  assert.deepEqual(resultFields(task, shown), {
    ...urls,
    assets: [
      { url: "shown:0", ...picture },
      { url: "shown:1", media_type: "image/png", bytes: 20 },
    ],
    model_id: "painter-2",
    seed: 0,
    revised_prompt: "Two cats",
    parameters: { prompt: "Cats" },
  });
});

Deno.test("a preview is no result: it is asked for behind them", () => {
  const results = { assets: [picture], preview_url: "stored:preview" };
  const task = { assetUrls: ["stored:0"], results, parameters: {} };
  assert.deepEqual(storedAddresses(task), ["stored:0", "stored:preview"]);
  assert.deepEqual(resultFields(task, ["shown:0", "shown:preview"]), {
    asset_url: "shown:0",
    asset_urls: ["shown:0"],
    assets: [{ url: "shown:0", ...picture }],
    preview_url: "shown:preview",
  });
});

Deno.test("of an earlier version's tasks, and of unfinished ones, no more is told than is known", async (t) => {
  const rows: readonly unknown[] = [null, {}, [], "words", { assets: "none" }, { seed: 0.5 }];
  for (const results of rows) {
    await t.step(JSON.stringify(results), () => {
      const old = { assetUrls, results, parameters: null };
      assert.deepEqual(resultFields(old, storedAddresses(old)), {
        asset_url: "stored:0",
        asset_urls: assetUrls,
      });
      assert.deepEqual(resultFields({ assetUrls: [], results, parameters: {} }, []), {});
    });
  }
});
