import assert from "node:assert/strict";
import { maskFile } from "../../simulators/recraft/testing.ts";
import { aModel, aPicture, inputFile } from "../../testing/input_files.ts";
import { poll, submit, withProvider } from "../../testing/simulated_provider.ts";
import type { Adapter, CallContext, CallRecord } from "./adapter.ts";
import { type ProviderId, providerIds, providers } from "./catalog.ts";
import type { AnyProviderOperation } from "./provider_operation.ts";

const picture = await aPicture({ width: 1_300, height: 1_100 });
const model = await aModel();
const mask = inputFile(
  await (await maskFile(undefined, { width: 1_300, height: 1_100 })).bytes(),
  "image/png",
  "png",
);

const readAsset: CallContext["readAsset"] = (address, kind) => {
  if (kind === "model") return Promise.resolve(model);
  return Promise.resolve(address.includes("mask") ? mask : picture);
};

/** What changes prices, in turn, beside a pair's example. */
const changes: Readonly<Record<ProviderId, readonly Readonly<Record<string, unknown>>[]>> = {
  // Not every model draws on nothing.
  openai: [
    { background: "opaque" },
    { background: "opaque", n: 2, quality: "hd", size: "1792x1024" },
    { background: "opaque", quality: undefined, size: undefined },
  ],
  stability: [{}],
  recraft: [{}, { style: "vector_illustration", substyle: undefined, n: 3 }],
  flux: [{}, { aspect_ratio: "21:9" }, { aspect_ratio: undefined }],
  tripo: [
    {},
    { model_version: "P1-20260311", texture_quality: "detailed" },
    { model_version: "P2-20260801", texture_quality: "detailed" },
    { model_version: "v1.4-20240625", texture: false, pbr: true },
  ],
};

/** What operators may choose; undefined: nothing. */
const choices: Readonly<Partial<Record<ProviderId, readonly string[]>>> = {
  openai: ["gpt-image-2", "gpt-image-2.6-flare"],
  flux: ["flux-kontext-max", "flux-2-pro"],
};

/** What the ledger has of a call in the end: later steps add to what the first has told. */
async function recordOf(
  adapter: Adapter,
  { operation, schema }: AnyProviderOperation,
  parameters: Readonly<Record<string, unknown>>,
): Promise<CallRecord> {
  let progress = await submit(adapter, operation, schema.parse(parameters), { readAsset });
  let { model, costUsd } = progress.call;
  while (progress.state === "running") {
    progress = await poll(adapter, progress);
    model ??= progress.call.model;
    costUsd = progress.call.costUsd ?? costUsd;
  }
  return { model, costUsd };
}

Deno.test("a call is named in the ledger as it was foretold, and costs no more than that", async (t) => {
  for (const id of providerIds) {
    for (const declared of providers[id].operations) {
      for (const change of changes[id]) {
        const parameters = Object.fromEntries(
          Object.entries({ ...declared.example, ...change })
            .filter(([field]) => Object.hasOwn(declared.schema.shape, field)),
        );
        for (const choice of [undefined, ...choices[id] ?? []]) {
          await t.step(
            `${id} ${declared.operation} ${JSON.stringify([change, choice])}`,
            () =>
              withProvider(id, { model: choice }, async ({ adapter }) => {
                const { model, estimateUsd } = declared.describe(parameters, choice);
                const record = await recordOf(adapter, declared, parameters);
                assert.equal(record.model, model);
                const { costUsd = 0 } = record;
                assert.ok(costUsd > 0, "a cost is told");
                assert.ok(estimateUsd >= costUsd - 1e-9, `${costUsd} of ${estimateUsd}`);
              }),
          );
        }
      }
    }
  }
});
