import assert from "node:assert/strict";
import { findOperation, isProviderId, providers } from "./catalog.ts";
import type { Provider } from "./provider_operation.ts";

Deno.test("only the providers of the catalog are providers", async (t) => {
  const cases = { openai: true, OpenAI: false, toString: false, "": false };
  for (const [name, expected] of [...Object.entries(cases), ["__proto__", false] as const]) {
    await t.step(JSON.stringify(name), () => assert.equal(isProviderId(name), expected));
  }
});

Deno.test("the parameters that an operation of a provider takes are those it describes", () => {
  const textToImage = findOperation("openai", "text-to-image");
  assert.ok(textToImage);
  assert.equal(textToImage.describe({ prompt: "x", n: 3 }).resultCount, 3);
  assert.throws(() => textToImage.describe({ prompt: "x", n: 9 }), { name: /ZodError/ });
});

Deno.test("what a client may have a provider tolerate is bounded by the operator", () => {
  const loosening = Object.values(providers).flatMap((provider: Provider) =>
    provider.operations.flatMap(({ schema }) =>
      Object.keys(schema.shape)
        .filter((field) => /safety|moderation|nsfw|toleran|filter/.test(field))
        .map((field) => [provider.name, field, provider.mostOf?.[field]?.setting])
    )
  );
  assert.deepEqual(loosening, [["Flux", "safety_tolerance", "FLUX_MAX_SAFETY_TOLERANCE"]]);
});
