import assert from "node:assert/strict";
import { EMPTY_DRAFT } from "../request/draft.ts";
import { chosenOperation, chosenProvider, readAddress, withChoice } from "./create_address.ts";

Deno.test("an address names operation, provider, words and the result to go on from", () => {
  const query = new URLSearchParams(
    "operation=image-to-model&provider=tripo&prompt=a+hat&options=%7B%22pbr%22%3Atrue%7D" +
      "&asset=0b54c2a5-6f0f.12",
  );
  assert.deepEqual(readAddress(query), {
    operation: "image-to-model",
    provider: "tripo",
    prompt: "a hat",
    options: { pbr: true },
    asset: { taskId: "0b54c2a5-6f0f", index: 12 },
    url: undefined,
  });
});

Deno.test("an asset without its place is none", () => {
  for (const asset of ["", "abc", "abc.", ".0", "abc.x"]) {
    assert.equal(readAddress(new URLSearchParams({ asset })).asset, undefined, asset);
  }
});

Deno.test("each operation keeps the provider that was taken for it", () => {
  const draft = withChoice(
    withChoice(EMPTY_DRAFT, "text-to-image", "recraft"),
    "text-to-model",
    undefined,
  );
  assert.equal(chosenOperation(draft), "text-to-model");
  assert.equal(chosenProvider(draft, "text-to-image"), "recraft");
  assert.equal(chosenProvider(draft, "text-to-model"), undefined);
});
