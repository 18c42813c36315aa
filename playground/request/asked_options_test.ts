import assert from "node:assert/strict";
import { optionsOf, optionsText, readOptions, withOptions } from "./asked_options.ts";
import { bodyOf } from "./body.ts";
import { EMPTY_DRAFT } from "./draft.ts";
import { formOf } from "./testing.ts";

Deno.test("the options of a task make the same request, through an address", () => {
  const form = formOf("text-to-image", "stability");
  const asked = {
    provider: "stability",
    prompt: "a hat",
    negative_prompt: "feathers",
    seed: 7,
    aspect_ratio: "16:9",
  };
  const options = readOptions(optionsText(optionsOf(asked)));
  assert.ok(options);
  const draft = withOptions({ ...EMPTY_DRAFT, values: { prompt: "a hat" } }, form, options);
  assert.deepEqual(bodyOf(form, draft, (slot) => slot), asked);
});

Deno.test("what is as usual, or was chosen for another request, is not chosen", () => {
  const form = formOf("text-to-image", "openai");
  const before = {
    ...EMPTY_DRAFT,
    values: { prompt: "a hat", "text-to-image openai style": "vivid" },
  };
  const draft = withOptions(before, form, { n: 1, size: "1024x1024" });
  assert.deepEqual(bodyOf(form, draft, (slot) => slot), { provider: "openai", prompt: "a hat" });
});

Deno.test("files and what no address can carry are no options", () => {
  assert.deepEqual(optionsOf({ input_image_asset_urls: ["a"], seed: 1, none: null }), { seed: 1 });
});

Deno.test("an address that no page has written has no options", () => {
  for (const text of [null, "", "{", "[1]", '{"n":{}}']) {
    assert.equal(readOptions(text), undefined, String(text));
  }
});
