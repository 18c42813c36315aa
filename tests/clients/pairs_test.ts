import assert from "node:assert/strict";
import { type OperationId, operationIds, operations } from "../../shared/contract/operations.ts";
import { providersOf } from "../../shared/providers/catalog.ts";
import { drawImage } from "../../simulators/images.ts";
import { buildModel } from "../../simulators/models.ts";
import { drawMask } from "../support/inputs.ts";
import { readPurchases } from "../support/simulator.ts";
import { anApp } from "./support/an_app.ts";

const picture = { width: 1024, height: 1024, seed: "pairs", index: 0, format: "png" } as const;
const files = {
  image: new Blob([await drawImage(picture)], { type: "image/png" }),
  sketch: new Blob([await drawImage(picture)], { type: "image/png" }),
  mask: new Blob([await drawMask()], { type: "image/png" }),
  model: new Blob([await buildModel({ seed: "pairs" })], { type: "model/gltf-binary" }),
};

/** An example as the client takes it: with files in the place of their addresses. */
function withFiles(
  operation: OperationId,
  example: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const assets: readonly string[] = operations[operation].assets;
  const entries = Object.entries(example).map(([field, value]) => {
    if (!assets.includes(field)) return [field, value];
    const [, kind = "", many = ""] = /^input_(\w+?)_asset_url(s?)$/.exec(field) ?? [];
    const file = Object.entries(files).find(([name]) => name === kind)?.[1];
    return [kind + many, Array.isArray(value) ? value.map(() => file) : file];
  });
  return Object.fromEntries(entries);
}

Deno.test("every pair is one call, bought once", async (t) => {
  const { client, device } = await anApp();
  for (const operation of operationIds) {
    for (const [provider, { example }] of providersOf(operation)) {
      await t.step(`${operation} by ${provider}`, async () => {
        const before = (await readPurchases()).length;
        const request = { ...withFiles(operation, example), provider };
        // What is typed has a test of its own.
        const { assets } = await client.generate(operation, request as never);
        assert.equal(assets.length, Number(example["n"] ?? 1));
        const bought = (await readPurchases()).slice(before);
        assert.deepEqual(bought.map((one) => [one.provider, one.operation]), [[
          provider,
          operation,
        ]]);
      });
    }
  }
  assert.equal(device.pending, 0);
});
