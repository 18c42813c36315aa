import assert from "node:assert/strict";
import { assetText, resultNameOf, sourcesOf } from "./result_address.ts";
import { taskWith } from "./testing.ts";

const ID = "752a0db4-1c1b-4bfa-ac1d-e503844e1cf3";
const STORED = `https://ref.supabase.co/storage/v1/object/public/generated/u/concepts/${ID}/1.png`;

Deno.test("a result's address names its task and its place", () => {
  assert.deepEqual(resultNameOf(STORED), { taskId: ID, index: 1 });
  assert.deepEqual(resultNameOf(`${STORED}?token=x`), { taskId: ID, index: 1 });
  assert.equal(resultNameOf(STORED.replace("generated", "inputs")), undefined);
  assert.equal(resultNameOf(STORED.replace("1.png", "0.preview.webp")), undefined);
});

Deno.test("a task came from the results that it was sent with, and from no other file", () => {
  const input_image_asset_urls = [STORED, null, "https://ref.supabase.co/inputs/u/photo"];
  const task = taskWith({ parameters: { prompt: STORED, input_image_asset_urls } });
  assert.deepEqual(sourcesOf(task).map(assetText), [`${ID}.1`]);
  assert.deepEqual(
    sourcesOf(taskWith({ parameters: { input_model_asset_url: STORED } })).length,
    1,
  );
  assert.deepEqual(sourcesOf(taskWith()), []);
});
