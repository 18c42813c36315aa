import assert from "node:assert/strict";
import { openApiDocument } from "../../shared/openapi/document.ts";
import { operationIds } from "../../shared/contract/operations.ts";
import { providersOf } from "../../shared/providers/catalog.ts";
import { readDocument } from "./api_document.ts";
import type { Control } from "./controls.ts";
import { formsOf, type OperationForm } from "./forms.ts";
import { GOALS, providerNameOf, wordsOf } from "./words.ts";

const forms = formsOf(readDocument(openApiDocument("https://project.example/functions/v1")));

function formOf(operation: string, provider: string): OperationForm {
  const form = forms.find((one) => one.operation === operation && one.provider === provider);
  assert.ok(form, `${operation} by ${provider}`);
  return form;
}

function controlOf(form: OperationForm, name: string): Control {
  const control = form.controls.find((one) => one.name === name);
  assert.ok(control, name);
  return control;
}

Deno.test("each provider of each operation has a form", () => {
  const pairs = operationIds.flatMap((operation) =>
    providersOf(operation).map(([provider]) => `${operation} ${provider}`)
  );
  assert.deepEqual(forms.map((form) => `${form.operation} ${form.provider}`), pairs);
});

Deno.test("no form asks for what the page chooses, or for what changes nothing", () => {
  const names = forms.flatMap(({ controls }) => controls.map(({ name }) => name));
  for (const name of ["task_id", "provider", "response_format"]) {
    assert.ok(!names.includes(name), name);
  }
  const refine = formOf("refine-model", "tripo").controls.map(({ name }) => name);
  assert.ok(!refine.includes("face_limit"));
});

Deno.test("a property's kind and limits decide its control", () => {
  const image = formOf("image-to-image", "stability");
  const prompt = controlOf(image, "prompt");
  assert.ok(prompt.kind === "text" && prompt.isRequired && prompt.maxLength === 10_000);
  const fidelity = controlOf(image, "fidelity");
  assert.ok(fidelity.kind === "number" && !fidelity.isWhole);
  assert.deepEqual([fidelity.minimum, fidelity.maximum, fidelity.default], [0, 1, 0.8]);
  const resolution = controlOf(formOf("image-to-model", "stability"), "texture_resolution");
  assert.ok(resolution.kind === "choice" && resolution.default === 1024);
  assert.deepEqual(resolution.options, [512, 1024, 2048]);
  const texture = controlOf(formOf("text-to-model", "tripo"), "texture");
  assert.ok(texture.kind === "switch" && texture.default);
});

Deno.test("views are slots in the API's order, as many as the provider takes", () => {
  const tripo = controlOf(formOf("image-to-model", "tripo"), "input_image_asset_urls");
  assert.ok(tripo.kind === "file" && tripo.isList);
  assert.deepEqual(tripo.slots, ["image", "left", "back", "right"]);
  const stability = controlOf(formOf("image-to-model", "stability"), "input_image_asset_urls");
  assert.ok(stability.kind === "file" && stability.isList);
  assert.deepEqual(stability.slots, ["image"]);
  const mask = controlOf(formOf("image-inpaint", "recraft"), "input_mask_asset_url");
  assert.ok(mask.kind === "file" && !mask.isList);
  assert.deepEqual(mask.slots, ["mask"]);
});

Deno.test("every operation has words of its own for newcomers, under one of the goals", () => {
  for (const operation of operationIds) {
    const { goal, hint } = wordsOf(operation);
    assert.ok(GOALS.includes(goal) && hint !== "", operation);
  }
  assert.equal(wordsOf("split-model").goal, "Make a 3D model");
  assert.equal(wordsOf("split-model").name, "Split model");
});

Deno.test("a provider is called the same in its form and beside its tasks", () => {
  for (const { provider, providerName } of forms) {
    assert.equal(providerNameOf(provider), providerName);
  }
});

Deno.test("what is not the backend's document is refused", () => {
  assert.throws(() => readDocument({ openapi: "3.1.0" }));
});
