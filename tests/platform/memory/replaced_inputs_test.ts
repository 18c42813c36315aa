import assert from "node:assert/strict";
import { assetUrl } from "../../../shared/storage/asset_url.ts";
import { drawImage } from "../../../simulators/images.ts";
import { buildModel } from "../../../simulators/models.ts";
import { followToEnd, signIn, submitTo, type User } from "../../support/client.ts";
import { withLane } from "../../support/lanes.ts";
import { peakOfWorkers } from "../../support/memory.ts";
import { putUnder } from "../../support/named_objects.ts";
import { stack } from "../../support/stack.ts";

const LARGE = 45_000_000;
const LIMIT_MEGABYTES = 200;
const run = crypto.randomUUID();

function large(beginning: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LARGE);
  bytes.set(beginning);
  return bytes;
}

/** Submits while the lane waits; returns the ids. */
async function submitted(
  user: User,
  operation: string,
  provider: string,
  files: readonly Record<string, string>[],
): Promise<readonly string[]> {
  const accepted = await Promise.all(
    files.map((file) => submitTo(user, operation, { provider, prompt: "a hat", ...file })),
  );
  return accepted.map(({ celery_task_id }) => celery_task_id);
}

/** The statuses of tasks, and the most that a worker had in memory meanwhile. */
async function follow(user: User, ids: readonly string[]) {
  const statuses: string[] = [];
  const peak = await peakOfWorkers(async () => {
    for (const id of ids) statuses.push((await followToEnd(user, id, 60)).status);
  });
  return { statuses, peak };
}

Deno.test("inputs that were replaced by large ones do not fill a worker", async () => {
  const user = await signIn();
  const order = { width: 256, height: 256, seed: run, index: 0, format: "png" } as const;
  const picture = await drawImage(order);
  const paths = Array.from({ length: 6 }, (_, index) => `${user.id}/replaced-${run}-${index}.png`);
  for (const path of paths) assert.equal(await putUnder(user, path, picture), undefined);
  const later = new Date(Date.now() + 300_000);
  const ids = await withLane("openai", { paused_until: later, max_in_flight: 6 }, async () => {
    const files = paths.map((path) => ({
      input_image_asset_url: assetUrl(stack.projectUrl, { bucket: "inputs", path }),
    }));
    const ids = await submitted(user, "image-to-image", "openai", files);
    for (const path of paths) {
      const { error } = await user.supabase.storage.from("inputs")
        .upload(path, large(picture), { contentType: "image/png", upsert: true });
      assert.equal(error, null);
    }
    return ids;
  });
  const { statuses, peak } = await follow(user, ids);
  assert.ok(peak < LIMIT_MEGABYTES, `Up to ${peak} MB`);
  assert.deepEqual(statuses, Array(6).fill("failed"));
});

Deno.test("nor does a large file beside the one that is asked for", async () => {
  const user = await signIn();
  const model = await buildModel({ seed: run });
  const [path, beside] = [`${user.id}/m-${run}?x.glb`, `${user.id}/m-${run}`];
  assert.equal(await putUnder(user, path, model, "model/gltf-binary"), undefined);
  assert.equal(await putUnder(user, beside, large(model), "model/gltf-binary"), undefined);
  const address = assetUrl(stack.projectUrl, { bucket: "inputs", path });
  const ids = await submitted(user, "refine-model", "tripo", [{ input_model_asset_url: address }]);
  const { statuses, peak } = await follow(user, ids);
  assert.ok(peak < LIMIT_MEGABYTES, `Up to ${peak} MB`);
  assert.deepEqual(statuses, ["complete"]);
});
