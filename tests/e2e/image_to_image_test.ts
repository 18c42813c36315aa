import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { acceptedBody } from "../../shared/contract/responses.ts";
import { drawImage } from "../../simulators/images.ts";
import { Jimp } from "../../simulators/jimp.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, type User } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { uploadModel } from "../support/inputs.ts";
import { withLane } from "../support/lanes.ts";
import { purchasesOf } from "../support/simulator.ts";
import { stack, withDatabase } from "../support/stack.ts";

const FIELD = "input_image_asset_url";
const STORAGE = `${stack.projectUrl}/storage/v1/object`;

/** Uploads a picture into the user's folder as an app does, and returns its path. */
async function upload(user: User, name: string): Promise<string> {
  const order = { width: 512, height: 512, seed: name, index: 0, format: "png" } as const;
  const path = `${user.id}/${name}`;
  const { error } = await user.supabase.storage.from("inputs")
    .upload(path, await drawImage(order), { contentType: "image/png", upsert: true });
  assert.equal(error, null);
  return path;
}

function request(address: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const prompt = `From a picture ${crypto.randomUUID()}`;
  return { task_id: newTaskId(), provider: "openai", prompt, [FIELD]: address, ...fields };
}

async function submit(user: User, body: Record<string, unknown>): Promise<string> {
  const response = await post("image-to-image", body, headersOf(user.token));
  assert.equal(response.status, 202, await response.clone().text());
  return acceptedBody.parse(await response.json()).celery_task_id;
}

Deno.test("the OpenAI example of the API guide turns a picture into two transparent ones", async () => {
  const user = await signIn();
  const path = await upload(user, "image.png");
  const body = {
    "task_id": newTaskId(),
    "provider": "openai",
    "prompt": "A futuristic cityscape at dusk",
    "input_image_asset_url": `${STORAGE}/public/inputs/${path}`,
    "style": "vivid",
    "background": "transparent",
    "n": 2,
    "size": "1024x1024",
    "quality": "standard",
  };
  const { asset_urls = [], status } = await followToEnd(user, await submit(user, body));
  assert.equal(status, "complete");
  assert.equal(asset_urls.length, 2);
  for (const url of asset_urls) {
    const response = await fetch(url);
    const { width, height, bitmap } = await Jimp.read(Buffer.from(await response.arrayBuffer()));
    assert.deepEqual([width, height], [1024, 1024]);
    assert.equal(bitmap.data[3], 0, "the corner is transparent");
  }
});

Deno.test("every form of address that Storage hands out names the same file", async (t) => {
  const user = await signIn();
  const path = await upload(user, "forms.png");
  for (const form of ["sign/inputs", "authenticated/inputs", "inputs"]) {
    await t.step(form, async () => {
      const body = request(`${STORAGE}/${form}/${path}?token=of-no-meaning`);
      const id = await submit(user, body);
      await followToEnd(user, id);
      assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
      assert.equal(await purchasesOf(String(body["prompt"])), 1);
    });
  }
});

Deno.test("a result may be the input of the next request", async () => {
  const user = await signIn();
  const path = await upload(user, "first.png");
  const first = await followToEnd(user, await submit(user, request(`${STORAGE}/inputs/${path}`)));
  const next = await followToEnd(user, await submit(user, request(first.asset_url ?? "")));
  assert.equal(next.status, "complete");
});

Deno.test("an input that cannot be used is refused with its field, and nothing is queued", async (t) => {
  const [user, stranger] = [await signIn(1), await signIn(2)];
  const own = await upload(user, "own.png");
  const foreign = await upload(stranger, "foreign.png");
  const model = await uploadModel(user, `model-${crypto.randomUUID()}.glb`);
  const addresses = {
    "another user's file": `${STORAGE}/inputs/${foreign}`,
    "another user's file by its public form": `${STORAGE}/public/inputs/${foreign}`,
    "no such file": `${STORAGE}/inputs/${own}.bak`,
    "no picture": model,
    "another host": `https://other.example/storage/v1/object/public/inputs/${own}`,
    "no address": "image.png",
  };
  for (const [name, address] of Object.entries(addresses)) {
    await t.step(name, async () => {
      const body = request(address);
      const response = await post("image-to-image", body, headersOf(user.token));
      const { error, details } = await response.json();
      assert.deepEqual([response.status, error, details[0].field], [400, "invalid_asset", FIELD]);
      const [row] = await withDatabase((sql) =>
        sql`select count(*)::integer as count from public.tasks
          where client_task_id = ${String(body["task_id"])}`
      );
      assert.equal(row?.["count"], 0);
    });
  }
});

async function uploadText(user: User, name: string): Promise<string> {
  const path = `${user.id}/${name}`;
  const { error } = await user.supabase.storage.from("inputs")
    .upload(path, new TextEncoder().encode("no picture"), {
      contentType: "image/png",
      upsert: true,
    });
  assert.equal(error, null);
  return path;
}

Deno.test("an input that is no image inside is refused with its field", async () => {
  const user = await signIn();
  const path = await uploadText(user, "fake.png");
  const body = request(`${STORAGE}/inputs/${path}`);
  const response = await post("image-to-image", body, headersOf(user.token));
  const { error, message } = await response.json();
  assert.deepEqual([response.status, error], [400, "invalid_asset"]);
  assert.match(message, new RegExp(`^${FIELD}: Is no image .*; openai takes PNG, JPEG or WebP: `));
});

Deno.test("an input that was exchanged after the submit ends the task before anything is bought", async () => {
  const user = await signIn();
  const later = new Date(Date.now() + 300_000);
  const body = request(`${STORAGE}/inputs/${await upload(user, "exchanged.png")}`);
  const id = await withLane("openai", { paused_until: later }, async () => {
    const accepted = await submit(user, body);
    await uploadText(user, "exchanged.png");
    return accepted;
  });
  const { status, error_code } = await followToEnd(user, id);
  assert.deepEqual([status, error_code], ["failed", "invalid_input"]);
  assert.equal(await purchasesOf(String(body["prompt"])), 0);
});

Deno.test("the same request stays the same under another form of address, and without its input", async () => {
  const user = await signIn();
  const path = await upload(user, "replayed.png");
  const body = request(`${STORAGE}/sign/inputs/${path}?token=first`);
  const id = await submit(user, body);
  await followToEnd(user, id);

  const signedAgain = { ...body, [FIELD]: `${STORAGE}/sign/inputs/${path}?token=second` };
  assert.equal(await submit(user, signedAgain), id);
  const removal = await user.supabase.storage.from("inputs").remove([path]);
  assert.equal(removal.error, null);
  assert.equal(await submit(user, body), id);
  assert.equal(await purchasesOf(String(body["prompt"])), 1);

  const [row] = await withDatabase((sql) =>
    sql`select parameters ->> ${FIELD} as address from public.tasks where id = ${id}`
  );
  assert.equal(row?.["address"], `${STORAGE}/public/inputs/${path}`);
});
