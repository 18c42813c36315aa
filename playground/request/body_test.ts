import assert from "node:assert/strict";
import { bodyOf } from "./body.ts";
import { EMPTY_DRAFT, withFile, withValue } from "./draft.ts";
import { formOf, localFile } from "./testing.ts";

const addressOf = (slot: string): string => `https://files.example/${slot}`;

Deno.test("only what was typed and chosen is asked for, numbers as numbers", () => {
  const form = formOf("text-to-image", "openai");
  const draft = {
    ...EMPTY_DRAFT,
    values: { prompt: " a hat ", "text-to-image openai n": "2", "text-to-image recraft n": 6 },
  };
  assert.deepEqual(bodyOf(form, draft, addressOf), { provider: "openai", prompt: "a hat", n: 2 });
});

Deno.test("words go along to another provider, options stay with theirs", () => {
  const [openai, recraft] = [formOf("text-to-image", "openai"), formOf("text-to-image", "recraft")];
  const n = openai.controls.find(({ name }) => name === "n");
  const prompt = openai.controls.find(({ name }) => name === "prompt");
  assert.ok(n && prompt);
  const draft = withValue(withValue(EMPTY_DRAFT, openai, n, 3), openai, prompt, "a hat");
  assert.deepEqual(bodyOf(recraft, draft, addressOf), { provider: "recraft", prompt: "a hat" });
  assert.equal(bodyOf(openai, withValue(draft, openai, n, undefined), addressOf)["n"], undefined);
});

Deno.test("views keep their places: null for a missing one, none after the last", () => {
  const files = { back: localFile("back.png") };
  const body = bodyOf(formOf("image-to-model", "tripo"), { ...EMPTY_DRAFT, files }, addressOf);
  assert.deepEqual(body["input_image_asset_urls"], [null, null, "https://files.example/back"]);
  const single = bodyOf(formOf("image-to-model", "stability"), {
    ...EMPTY_DRAFT,
    files: { image: localFile("a.png"), left: localFile("b.png") },
  }, addressOf);
  assert.deepEqual(single["input_image_asset_urls"], ["https://files.example/image"]);
});

Deno.test("a model of the same provider is refined from its task there, others from their file", () => {
  const form = formOf("refine-model", "tripo");
  const draftOf = (provider: string) =>
    withFile(EMPTY_DRAFT, "model", {
      kind: "stored",
      name: "castle",
      url: "https://files.example/model",
      facts: undefined,
      providerTask: { provider, id: "job-1" },
    });
  assert.equal(bodyOf(form, draftOf("tripo"), addressOf)["draft_model_task_id"], "job-1");
  assert.equal(bodyOf(form, draftOf("stability"), addressOf)["draft_model_task_id"], undefined);
});

Deno.test("a mask goes with its picture", () => {
  const painted = withFile(
    withFile(EMPTY_DRAFT, "image", localFile("a.png")),
    "mask",
    localFile("mask.png"),
  );
  assert.ok(painted.files.mask);
  assert.equal(withFile(painted, "image", localFile("b.png")).files.mask, undefined);
});
