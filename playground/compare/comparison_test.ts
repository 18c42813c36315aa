import assert from "node:assert/strict";
import { openApiDocument } from "../../shared/openapi/document.ts";
import { readDocument } from "../operations/api_document.ts";
import { formsOf } from "../operations/forms.ts";
import { EMPTY_DRAFT } from "../request/draft.ts";
import {
  commonForm,
  comparable,
  comparedDraft,
  lastComparison,
  leastOf,
  withComparison,
} from "./comparison.ts";

const forms = formsOf(readDocument(openApiDocument("https://project.example/functions/v1")));

Deno.test("what several providers offer can be compared", () => {
  const operations = [...comparable(forms).keys()];
  assert.deepEqual(operations.toSorted(), [
    "image-to-image",
    "image-to-model",
    "remove-background",
    "text-to-image",
  ]);
});

Deno.test("the common form has no more views and no more words than any provider takes", () => {
  const models = commonForm(comparable(forms).get("image-to-model") ?? []);
  assert.equal(models?.provider, "stability");
  const images = commonForm(comparable(forms).get("text-to-image") ?? []);
  const prompt = images?.controls.find(({ name }) => name === "prompt");
  assert.ok(prompt?.kind === "text" && prompt.maxLength === 10_000);
});

Deno.test("options are left behind, words go to everybody", () => {
  const common = commonForm(comparable(forms).get("text-to-image") ?? []);
  assert.ok(common);
  const draft = {
    ...EMPTY_DRAFT,
    values: { prompt: "a hat", negative_prompt: "feathers", "text-to-image openai n": 4 },
  };
  assert.deepEqual(comparedDraft(draft, common).values, { prompt: "a hat" });
});

Deno.test("a comparison is found again after a reload, and nothing else is taken for one", () => {
  const comparison = {
    operation: "text-to-image",
    entries: [{ provider: "openai", providerName: "OpenAI", id: "1" }],
  };
  assert.deepEqual(lastComparison(withComparison(EMPTY_DRAFT, comparison)), comparison);
  for (const kept of ["", "{", '{"operation":1}']) {
    assert.equal(
      lastComparison({ ...EMPTY_DRAFT, values: { "last comparison": kept } }),
      undefined,
    );
  }
});

Deno.test("the least is told only where there is a difference", () => {
  assert.deepEqual(leastOf(new Map([["a", 2], ["b", 1], ["c", 1]])), ["b", "c"]);
  assert.deepEqual(leastOf(new Map([["a", 1], ["b", 1]])), []);
  assert.deepEqual(leastOf(new Map([["a", 1]])), []);
});
