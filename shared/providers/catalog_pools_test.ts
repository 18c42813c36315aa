import assert from "node:assert/strict";
import { findOperation, providerIds, providers } from "./catalog.ts";
import { DEFAULT_POOL, type Provider } from "./provider_operation.ts";
import { versionNames } from "./tripo/models.ts";

/** The pool of a request: of the pair's example, with changes, at the operator's model. */
function poolOf(
  id: keyof typeof providers,
  operation: Parameters<typeof findOperation>[1],
  changes: Readonly<Record<string, unknown>> = {},
  model?: string,
): string | undefined {
  const declared = findOperation(id, operation);
  return declared?.describe({ ...declared.example, ...changes }, model).pool;
}

Deno.test("Tripo counts models of its two lines and textures apart", () => {
  for (const operation of ["text-to-model", "image-to-model"] as const) {
    for (const version of versionNames) {
      const expected = /^P\d-/.test(version) ? "p-models" : "generation";
      assert.equal(poolOf("tripo", operation, { model_version: version }), expected, version);
    }
    assert.equal(poolOf("tripo", operation, { model_version: undefined }), "generation");
  }
  assert.equal(poolOf("tripo", "refine-model"), "texture");
  assert.equal(poolOf("tripo", "refine-model", { model_version: "P1-20260311" }), "texture");
});

Deno.test("Flux counts its dearest Kontext model apart", () => {
  const pools = ["flux-kontext-max", "flux-kontext-pro", "flux-2-max", undefined].map((model) =>
    poolOf("flux", "image-to-image", {}, model)
  );
  assert.deepEqual(pools, ["kontext-max", "default", "default", "default"]);
});

Deno.test("the others have one pool, whatever the operator's model is", () => {
  for (const id of ["openai", "stability", "recraft"] as const) {
    for (const { operation } of providers[id].operations) {
      assert.equal(poolOf(id, operation, {}, "flux-kontext-max"), DEFAULT_POOL);
    }
  }
});

/** As the lanes have them. */
const POOLS: Readonly<Record<string, readonly string[]>> = {
  openai: ["default"],
  stability: ["default"],
  recraft: ["default"],
  flux: ["default", "kontext-max"],
  tripo: ["generation", "p-models", "texture"],
};

Deno.test("a provider names its pools", () => {
  const named = providerIds.map((id) => {
    const { pools }: Provider = providers[id];
    return [id, pools];
  });
  assert.deepEqual(Object.fromEntries(named), POOLS);
});
