import { fileTypeFromBuffer } from "file-type";
import assert from "node:assert/strict";
import { type OperationId, operationIds, operations } from "../../shared/contract/operations.ts";
import { providersOf } from "../../shared/providers/catalog.ts";
import { followToEnd, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { uploadMask, uploadModel, uploadPicture } from "../support/inputs.ts";
import { readPurchases } from "../support/simulator.ts";

/** Real files in the place of those that an example names. */
async function withInputs(
  user: User,
  operation: OperationId,
  example: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const upload = async (field: string, name: string): Promise<string> => {
    if (field.includes("model")) return await uploadModel(user, name);
    if (field.includes("mask")) return await uploadMask(user, name);
    return await uploadPicture(user, name);
  };
  const entries = operations[operation].assets.map(async (field) => {
    const value = example[field];
    const names = [value].flat().map((_, place) => `${operation}-${field}-${place}.png`);
    const addresses = await Promise.all(names.map((name) => upload(field, name)));
    return [field, Array.isArray(value) ? addresses : addresses[0]];
  });
  return { ...example, ...Object.fromEntries(await Promise.all(entries)) };
}

const MEDIA_TYPES = {
  image: ["image/png", "image/jpeg", "image/webp"],
  model: ["model/gltf-binary"],
};

const pairs = operationIds.flatMap((operation) =>
  providersOf(operation).map(([provider, { example }]) => ({ operation, provider, example }))
);

Deno.test("every pair goes from the submit to stored files, bought once", async (t) => {
  const user = await signIn();
  for (const { operation, provider, example } of pairs) {
    await t.step(`${operation} by ${provider}`, async () => {
      const before = await readPurchases();
      const body = { ...(await withInputs(user, operation, example)), provider };
      const { celery_task_id: id } = await submitTo(user, operation, body);
      const status = await followToEnd(user, id);
      assert.equal(status.status, "complete", JSON.stringify(status));

      const urls = status.asset_urls ?? [];
      assert.equal(urls.length, Number(example["n"] ?? 1));
      assert.equal(status.asset_url, urls[0]);
      const files = await Promise.all(urls.map(async (url) => (await fetch(url)).bytes()));
      for (const file of files) {
        const type = await fileTypeFromBuffer(file);
        assert.ok(MEDIA_TYPES[operations[operation].output].includes(type?.mime ?? ""), type?.mime);
      }
      assert.deepEqual(await effectsOf(id), {
        task: "complete",
        assets: urls.map(() => "complete"),
        calls: ["succeeded"],
        queued: 0,
        archived: 1,
      });
      const bought = (await readPurchases()).slice(before.length);
      assert.deepEqual(
        bought.map((purchase) => [purchase.provider, purchase.operation]),
        [[provider, operation]],
      );
    });
  }
});
