import assert from "node:assert/strict";
import { isAboutMissingModel } from "./missing_model.ts";

Deno.test("a sentence about a model that is not there is known by its words", () => {
  const messages = [
    "The model 'gpt-image-2.5-flare-2026-09-08' does not exist.",
    "The model `gpt-image-1` does not exist or you do not have access to it.",
    "The requested model 'gpt-image-1' was shut down on 2026-10-23.",
    "Model gpt-image-1 has been deprecated.",
    "model: 'recraftv3' does not exist",
    "Model not found",
    "Your organization must be verified to use the model `gpt-image-2`.",
    "This is no sentence, but: Model",
  ];
  const told = messages.map((message) => isAboutMissingModel(message, "a clay robot"));
  assert.deepEqual(told, [true, true, true, true, true, true, true, false]);
});

Deno.test("another sentence is none about a model", () => {
  const messages = [
    "Invalid value: '1x1'. Supported sizes are those of the model.",
    "style: 'cubism' is not known to recraftv3",
    "The prompt 'the model does not exist' is odd",
    "A model of a house that does not exist",
    "modelling clay was not found",
    "model: recraftv4_1_flash cannot do this",
    "The model of this size. Your image does not exist",
  ];
  for (const message of messages) assert.ok(!isAboutMissingModel(message, ""), message);
});

Deno.test("what the client wrote itself says nothing, however it is repeated", () => {
  const written = "The model 'gpt-image-2' does not exist";
  for (
    const message of [written, written.toUpperCase(), `  ${written.replaceAll("'", "`")}, and more`]
  ) {
    assert.ok(isAboutMissingModel(message, "a clay robot"), message);
    assert.ok(!isAboutMissingModel(message, `A sign that says: ${written}!`), message);
  }
});
