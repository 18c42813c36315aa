/** What is known of a result is told with it, and goes with it. */
import assert from "node:assert/strict";
import type { StatusBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, signIn, submitTo, type User } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { uploadPicture } from "../support/inputs.ts";
import { stack, withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** The simulated services sell cubes of one unit, with a picture on each. */
const CUBE = {
  media_type: "model/gltf-binary",
  triangles: 12,
  vertices: 24,
  materials: 1,
  textures: 1,
  size: [1, 1, 1],
  compressed: null,
};

async function make(
  user: User,
  operation: string,
  fields: Record<string, unknown>,
): Promise<StatusBody> {
  const { celery_task_id: id } = await submitTo(user, operation, fields);
  const status = await followToEnd(user, id, 60);
  assert.equal(status.status, "complete", JSON.stringify(status));
  return status;
}

async function open(url = ""): Promise<string> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok ? response.headers.get("content-type") ?? "" : "refused";
}

async function metadataOf(user: User, table: string, id: string): Promise<unknown[]> {
  const { data } = await user.supabase.from(table).select("metadata")
    .eq("celery_task_id", id).order("result_index");
  return (data ?? []).map(({ metadata }) => metadata);
}

async function storedFiles(id: string): Promise<string[]> {
  const rows = await withDatabase((sql) =>
    sql<{ name: string }[]>`
      select split_part(name, '/', 4) as name from storage.objects
      where split_part(name, '/', 3) = ${id} order by 1
    `
  );
  return rows.map(({ name }) => name);
}

async function waitUntilNoFiles(id: string): Promise<void> {
  await waitUntil("its files are gone", async () => {
    // As the schedule does once a minute.
    await withDatabase((sql) => sql`select private.reconcile()`);
    return (await storedFiles(id)).length === 0;
  }, 60);
}

Deno.test("images come with their facts, in the status and in their rows", async () => {
  const user = await signIn();
  const prompt = `Facts ${crypto.randomUUID()}`;
  const status = await make(user, "text-to-image", { provider: "openai", prompt, n: 2 });
  const { task_id: id, assets = [], asset_urls = [], model_id, parameters } = status;
  for (const [place, url] of asset_urls.entries()) {
    const bytes = (await (await fetch(url)).bytes()).length;
    const facts = { media_type: "image/png", bytes, width: 1024, height: 1024 };
    assert.deepEqual(assets[place], { url, ...facts });
  }
  assert.equal(assets.length, 2);
  assert.equal(parameters?.["prompt"], prompt);
  assert.ok(model_id);
  assert.deepEqual(
    await metadataOf(user, "concept_images", id),
    assets.map((asset) => ({
      provider: "openai",
      operation: "text-to-image",
      assets: [asset],
      model_id,
      parameters,
    })),
  );
});

Deno.test("a seed is the one that the service tells", async () => {
  const user = await signIn();
  const prompt = `Seeds ${crypto.randomUUID()}`;
  const told = await make(user, "text-to-image", { provider: "stability", prompt, seed: 42 });
  assert.equal(told.seed, 42);
  const drawn = await make(user, "text-to-image", { provider: "stability", prompt });
  assert.ok(Number.isInteger(drawn.seed));
});

Deno.test("a model of Tripo has its picture beside it, which goes with its row", async () => {
  const user = await signIn();
  const prompt = `A clay hat ${crypto.randomUUID()}`;
  const { task_id: id, assets: [asset] = [], preview_url, model_id } = await make(
    user,
    "text-to-model",
    { provider: "tripo", prompt },
  );
  const { url, bytes, ...facts } = asset ?? {};
  assert.deepEqual(facts, CUBE);
  assert.equal(bytes, (await (await fetch(url ?? "")).bytes()).length);
  assert.equal(await open(preview_url), "image/webp");
  assert.deepEqual(await storedFiles(id), ["0.glb", "0.preview.webp"]);
  const [metadata] = await metadataOf(user, "models", id);
  assert.deepEqual([Object(metadata).preview_url, Object(metadata).model_id], [
    preview_url,
    model_id,
  ]);

  const { error } = await user.supabase.from("models").delete().eq("celery_task_id", id);
  assert.equal(error, null);
  await waitUntilNoFiles(id);
});

Deno.test("a picture goes with a task that is purged, and is hidden with one that is reported", async () => {
  const user = await signIn();
  const ask = { provider: "tripo", prompt: `A clay pot ${crypto.randomUUID()}` };
  const purged = await make(user, "text-to-model", ask);
  const reported = await make(user, "text-to-model", { ...ask, prompt: `${ask.prompt} again` });
  const headers = headersOf(user.token);
  const tasks = `${stack.functionsUrl}/tasks`;
  await fetch(`${tasks}/${purged.task_id}?purge=true`, { method: "DELETE", headers });
  const body = JSON.stringify({ reason: "It is cruel" });
  const url = `${tasks}/${reported.task_id}/report`;
  assert.equal((await fetch(url, { method: "POST", headers, body })).status, 200);
  const { assets, preview_url } = await followToEnd(user, reported.task_id);
  assert.deepEqual([assets, preview_url], [undefined, undefined]);
  await waitUntilNoFiles(purged.task_id);
  await waitUntil("the picture is hidden", async () => {
    await withDatabase((sql) => sql`select private.reconcile()`);
    return await open(reported.preview_url) === "refused";
  }, 60);
});

Deno.test("a picture that cannot be had keeps no model from its user", async (t) => {
  const user = await signIn();
  for (const word of ["no-picture", "empty-picture", "large-picture", "stuck-picture"]) {
    await t.step(word, async () => {
      const prompt = `sim:${word} ${crypto.randomUUID()}`;
      const ask = { provider: "tripo", prompt };
      const { task_id: id, assets, preview_url } = await make(user, "text-to-model", ask);
      assert.deepEqual([assets?.length, preview_url], [1, undefined]);
      assert.deepEqual(await storedFiles(id), ["0.glb"]);
      assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);
    });
  }
});

Deno.test("a model of Stability is known by the image that it was made of", async () => {
  const user = await signIn();
  const image = await uploadPicture(user, `facts-${crypto.randomUUID()}.png`);
  const { assets: [asset] = [], preview_url, parameters } = await make(user, "image-to-model", {
    provider: "stability",
    input_image_asset_urls: [image],
  });
  const { url: _, bytes: __, ...facts } = asset ?? {};
  assert.deepEqual(facts, CUBE);
  assert.match(preview_url ?? "", /\/object\/sign\/inputs\//);
  assert.equal(await open(preview_url), "image/png");
  // One form of an address stands for all.
  const named = image.replace("/authenticated/", "/public/");
  assert.deepEqual(parameters?.["input_image_asset_urls"], [named]);
});
