import assert from "node:assert/strict";
import { formOf } from "../request/testing.ts";
import { samplesOf } from "../samples/samples.ts";
import { type Draft, EMPTY_DRAFT } from "../request/draft.ts";
import { formForSample, takeSample } from "./take_sample.ts";

const [stability, tripo] = [
  formOf("image-to-model", "stability"),
  formOf("image-to-model", "tripo"),
];

function providerFor(name: string, chosen = stability): string {
  const sample = samplesOf("image-to-model").find((one) => one.name === name);
  assert.ok(sample, name);
  return formForSample(sample, chosen, [stability, tripo]).provider;
}

Deno.test("a sample of four views goes to who takes them, any other to who is chosen", () => {
  assert.equal(providerFor("Robot, four views"), "tripo");
  assert.equal(providerFor("Robot"), "stability");
  assert.equal(providerFor("Robot, four views", tripo), "tripo");
});

Deno.test("what is typed after a sample was chosen stays", async () => {
  const [sample] = samplesOf("text-to-image");
  assert.ok(sample?.texts);
  let draft: Draft = EMPTY_DRAFT;
  const taken = takeSample(sample, (change) => draft = change(draft));
  assert.deepEqual(draft.values, sample.texts);
  draft = { ...draft, values: { prompt: "A hat" } };
  await taken;
  assert.deepEqual(draft.values, { prompt: "A hat" });
});
