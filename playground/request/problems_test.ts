import assert from "node:assert/strict";
import { EMPTY_DRAFT, type PickedFile, type PickedFiles } from "./draft.ts";
import { fieldOf, problemsOf, refusedProblems, warningsByField } from "./problems.ts";
import { formOf, localFile } from "./testing.ts";

Deno.test("what is missing is told in the order of the page, files first", () => {
  const problems = problemsOf(formOf("search-and-recolor", "stability"), EMPTY_DRAFT);
  assert.deepEqual(problems.map(({ field }) => field), ["image", "prompt", "select_prompt"]);
  assert.ok(problems.every(({ isMissing }) => isMissing));
  const blank = { ...EMPTY_DRAFT, values: { prompt: "  " } };
  const words = problemsOf(formOf("text-to-image", "openai"), blank);
  assert.deepEqual(words.map(({ field }) => field), ["prompt"]);
});

Deno.test("a text may have as many characters as the provider takes, and not one more", () => {
  const form = formOf("text-to-model", "tripo");
  const ofLength = (length: number) =>
    problemsOf(form, { ...EMPTY_DRAFT, values: { prompt: "🦊".repeat(length) } });
  assert.deepEqual(ofLength(1_024), []);
  assert.deepEqual(ofLength(1_025), [{
    field: "prompt",
    message: "Has 1,025 characters; at most 1,024 are possible",
  }]);
});

Deno.test("a number keeps to its limits and its kind", () => {
  const form = formOf("text-to-model", "tripo");
  const messageOf = (value: string) =>
    problemsOf(form, {
      ...EMPTY_DRAFT,
      values: { prompt: "a hat", "text-to-model tripo face_limit": value },
    })[0]?.message;
  assert.equal(messageOf("48"), undefined);
  assert.equal(messageOf("47"), "Must be at least 48");
  assert.equal(messageOf("1500001"), "Must be at most 1,500,000");
  assert.equal(messageOf("50.5"), "Must be a whole number");
  assert.equal(messageOf("many"), "Is no number");
});

Deno.test("a pattern of the schema is kept to", () => {
  const form = formOf("image-to-image", "flux");
  const files = { image: localFile("a.png") };
  const problems = (ratio: string) =>
    problemsOf(form, {
      files,
      values: { prompt: "a hat", "image-to-image flux aspect_ratio": ratio },
    });
  assert.deepEqual(problems("16:9"), []);
  assert.deepEqual(problems("wide").map(({ field }) => field), ["aspect_ratio"]);
});

Deno.test("one view is enough, and a mask is a file of its own", () => {
  const back = { ...EMPTY_DRAFT, files: { back: localFile("back.png") } };
  assert.deepEqual(problemsOf(formOf("image-to-model", "tripo"), back), []);
  const image = { values: { prompt: "a pond" }, files: { image: localFile("a.png") } };
  const [problem] = problemsOf(formOf("image-inpaint", "recraft"), image);
  assert.equal(problem?.field, "mask");
});

Deno.test("the API's names lead to the fields of the page", () => {
  const tripo = formOf("image-to-model", "tripo");
  assert.equal(fieldOf(tripo, "input_image_asset_urls"), "image");
  assert.equal(fieldOf(tripo, "input_image_asset_urls.2"), "back");
  assert.equal(fieldOf(tripo, "input_image_asset_urls[3]"), "right");
  assert.equal(fieldOf(tripo, "images[3]"), "right", "as the client says it");
  assert.equal(fieldOf(formOf("image-inpaint", "recraft"), "mask"), "mask");
  assert.equal(fieldOf(tripo, "face_limit"), "face_limit");
  assert.equal(fieldOf(tripo, "nothing"), undefined);
});

Deno.test("a warning stands beside the field that it names, or by itself", () => {
  const form = formOf("text-to-model", "tripo");
  const warnings = [
    "face_limit: v3.1 makes 100 to 1500000 faces; sent as 100",
    "The answer may take longer today",
    "pbr: needs a texture; sent as false",
  ];
  const byField = warningsByField(form, warnings);
  assert.deepEqual(byField.get("face_limit"), ["v3.1 makes 100 to 1500000 faces; sent as 100"]);
  assert.deepEqual(byField.get(""), [warnings[1]]);
  assert.deepEqual(byField.get("pbr"), ["Needs a texture; sent as false"]);
});

Deno.test("a text that is not filled in is missing in the form's words, one that is keeps the API's", () => {
  const form = formOf("refine-model", "tripo");
  const refused = new Map([["prompt", "Required without a draft_model_task_id"]]);
  assert.deepEqual(refusedProblems(form, EMPTY_DRAFT, refused), [{
    field: "prompt",
    message: "Fill this in: how the surface is to look",
    isMissing: true,
  }]);
  const typed = { ...EMPTY_DRAFT, values: { prompt: "bronze" } };
  const language = new Map([["prompt", "Is in a language that the service does not read"]]);
  assert.deepEqual(refusedProblems(form, typed, language), [{
    field: "prompt",
    message: "Is in a language that the service does not read",
  }]);
});

Deno.test("a new surface needs words, unless its service has the model's own words", () => {
  const form = formOf("refine-model", "tripo");
  const missing = (files: PickedFiles, values = {}) =>
    problemsOf(form, { values, files }).map(({ field }) => field);
  const stored = (provider: string): PickedFile => ({
    kind: "stored",
    name: "Result of text-to-model",
    url: "https://project.example/model.glb",
    facts: undefined,
    providerTask: { provider, id: "tripo-1" },
  });
  assert.deepEqual(missing({ model: localFile("vase.glb") }), ["prompt"]);
  assert.deepEqual(missing({ model: stored("stability") }), ["prompt"]);
  assert.deepEqual(missing({ model: stored("tripo") }), []);
  const named = { "refine-model tripo draft_model_task_id": "tripo-1" };
  assert.deepEqual(missing({ model: localFile("vase.glb") }, named), []);
});
