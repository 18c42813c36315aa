import assert from "node:assert/strict";
import { operations } from "../contract/operations.ts";
import type { Adapter } from "./adapter.ts";
import { createAdapters } from "./adapters.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";

const settings = { apiKey: "key", baseUrl: "http://127.0.0.1:9", model: "model" };
const adapters = createAdapters(Object.fromEntries(providerIds.map((id) => [id, settings])));

function adapterOf(id: ProviderId): Adapter {
  const adapter = adapters.get(id);
  assert.ok(adapter);
  return adapter;
}

Deno.test("an adapter submits what its provider offers, and nothing else", async (t) => {
  for (const id of providerIds) {
    await t.step(id, () => {
      const offered = providers[id].operations.map(({ operation }) => operation);
      assert.deepEqual(Object.keys(adapterOf(id).submit).sort(), offered.sort());
      assert.equal(new Set(offered).size, offered.length);
    });
  }
});

Deno.test("the sixteen pairs of the API guide are there", () => {
  const table: Readonly<Record<string, readonly ProviderId[]>> = {
    "image-to-image": ["openai", "stability", "recraft", "flux"],
    "text-to-image": ["openai", "stability", "recraft"],
    "text-to-model": ["tripo"],
    "image-to-model": ["stability", "tripo"],
    "sketch-to-image": ["stability"],
    "image-inpaint": ["recraft"],
    "remove-background": ["stability", "recraft"],
    "search-and-recolor": ["stability"],
    "refine-model": ["tripo"],
  };
  const pairs = Object.entries(table).flatMap(([operation, ids]) =>
    ids.map((id) => `${operation} by ${id}`)
  );
  assert.equal(pairs.length, 16);
  const offered = providerIds.flatMap((id) =>
    providers[id].operations.map(({ operation }) => `${operation} by ${id}`)
  );
  assert.deepEqual(pairs.filter((pair) => !offered.includes(pair)), []);
});

Deno.test("what a provider declares fits the operation", async (t) => {
  for (const id of providerIds) {
    for (const { operation, schema, assetLimits, taskReferences } of providers[id].operations) {
      await t.step(`${id} ${operation}`, () => {
        const { input, assets } = operations[operation];
        const fields = Object.keys(schema.shape);
        for (const field of [...Object.keys(input.shape), ...taskReferences]) {
          assert.ok(fields.includes(field), `${field} is missing`);
        }
        assert.equal(assetLimits !== undefined, assets.length > 0, "limits of input files");
        for (const reserved of ["task_id", "provider"]) assert.ok(!fields.includes(reserved));
      });
    }
  }
});
