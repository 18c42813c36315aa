import { WebIO } from "@gltf-transform/core";
import assert from "node:assert/strict";
import { readImage } from "../image_file.ts";
import { createTestApp, jsonRequest, readCalls } from "../testing.ts";
import {
  fromImage,
  fromText,
  IMAGE_TO_MODEL,
  imageFile,
  MODEL,
  MULTIVIEW_TO_MODEL,
  readTask,
  readTaskId,
  TEXT_TO_MODEL,
  upload,
} from "./testing.ts";

async function inspect(file: Uint8Array<ArrayBuffer>): Promise<{ name: string; textures: number }> {
  const root = (await new WebIO().readBinary(file)).getRoot();
  return { name: root.listNodes()[0]?.getName() ?? "", textures: root.listTextures().length };
}

async function download(
  app: ReturnType<typeof createTestApp>,
  url = "",
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await app.request(url);
  assert.equal(response.status, 200);
  return await response.bytes();
}

Deno.test("a text becomes a model, finished when somebody first asks", async () => {
  const app = createTestApp();
  const response = await app.request(TEXT_TO_MODEL, jsonRequest(fromText));
  assert.ok(response.headers.has("x-tripo-trace-id"));
  const id = await readTaskId(response);
  const task = await readTask(app, id);
  assert.deepEqual({ ...task, output: {} }, {
    task_id: id,
    type: "text_to_model",
    status: "success",
    progress: 100,
    input: { ...fromText, texture: true, pbr: true },
    output: {},
    credits_consumed: 20,
    created_at: "2026-11-23T12:00:00.000Z",
    completed_at: "2026-11-23T12:00:00.000Z",
  });
  assert.equal((await inspect(await download(app, task.output.model_url))).textures, 1);
  const preview = await readImage(await download(app, task.output.rendered_image_url));
  assert.equal(preview?.mediaType, "image/webp");
});

Deno.test("models depend on what they are made of, and on the texture asked for", async () => {
  const app = createTestApp();
  const make = async (body: Record<string, unknown>): ReturnType<typeof inspect> => {
    const path = "prompt" in body
      ? TEXT_TO_MODEL
      : "inputs" in body
      ? MULTIVIEW_TO_MODEL
      : IMAGE_TO_MODEL;
    const id = await readTaskId(await app.request(path, jsonRequest({ model: MODEL, ...body })));
    return await inspect(await download(app, (await readTask(app, id)).output.model_url));
  };
  const [front, left] = await Promise.all(
    ["front", "left"].map(async (seed) => await upload(app, await imageFile("a.png", seed))),
  );
  const models = [
    await make({ prompt: "a castle" }),
    await make({ prompt: "a house" }),
    await make({ input: front }),
    await make({ input: left }),
    await make({ inputs: [front, left, "", ""] }),
    await make({ inputs: [front, "", left, ""] }),
  ];
  assert.equal(new Set(models.map(({ name }) => name)).size, models.length);
  const plain = await make({ prompt: "a castle", texture: false, pbr: false });
  assert.deepEqual(plain, { name: models[0]?.name, textures: 0 });
});

Deno.test("tasks cost what the table of prices says", async (t) => {
  const plain = { texture: false, pbr: false };
  const cases: Readonly<
    Record<string, readonly [credits: number, path: string, body: Record<string, unknown>]>
  > = {
    "text, no texture": [10, TEXT_TO_MODEL, plain],
    "text, texture": [20, TEXT_TO_MODEL, { pbr: false }],
    "text, texture forced by pbr": [20, TEXT_TO_MODEL, { texture: false }],
    "text, detailed": [30, TEXT_TO_MODEL, { texture_quality: "detailed" }],
    "text, extreme": [40, TEXT_TO_MODEL, { texture_quality: "extreme" }],
    "text, detailed shape": [40, TEXT_TO_MODEL, { geometry_quality: "detailed" }],
    "text, low poly": [30, TEXT_TO_MODEL, { smart_low_poly: true, face_limit: 500 }],
    "text, P1": [40, TEXT_TO_MODEL, { model: "P1-20260311" }],
    "text, P2 without texture": [100, TEXT_TO_MODEL, { model: "P2-20260801", ...plain }],
    "image, no texture": [20, IMAGE_TO_MODEL, plain],
    "image, texture": [30, IMAGE_TO_MODEL, {}],
    "image, P1": [50, IMAGE_TO_MODEL, { model: "P1-20260311" }],
    "views, texture": [30, MULTIVIEW_TO_MODEL, {}],
  };
  for (const [name, [credits, path, body]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const token = await upload(app, await imageFile());
      const subject = {
        [TEXT_TO_MODEL]: fromText,
        [IMAGE_TO_MODEL]: { ...fromImage, input: token },
        [MULTIVIEW_TO_MODEL]: { ...fromImage, inputs: [{ front: token }, { back: token }] },
      }[path];
      const id = await readTaskId(await app.request(path, jsonRequest({ ...subject, ...body })));
      assert.equal((await readTask(app, id)).credits_consumed, credits);
    });
  }
});

Deno.test("what stands at the bounds is accepted", async (t) => {
  const cases: Readonly<Record<string, Record<string, unknown>>> = {
    "1,024 characters": { prompt: "x".repeat(1024) },
    "a negative prompt of 255 characters": { negative_prompt: "x".repeat(255) },
    "the fewest faces": { face_limit: 100 },
    "the most faces": { face_limit: 1_500_000 },
    "the most faces of a detailed shape": { face_limit: 2_000_000, geometry_quality: "detailed" },
    "the most faces of v2.5": { face_limit: 500_000, model: "v2.5-20250123" },
    "the most faces of P1": { face_limit: 20_000, model: "P1-20260311" },
    "a size in metres": { auto_size: true },
    "the fast quality": { texture_quality: "fast", texture_version: "v3.5-20260815" },
    "fields that nobody knows": { task_id: "t", provider: "tripo", style: "lego" },
  };
  for (const [name, changes] of Object.entries(cases)) {
    await t.step(name, async () => {
      const request = jsonRequest({ ...fromText, ...changes });
      await readTaskId(await createTestApp().request(TEXT_TO_MODEL, request));
    });
  }
});

Deno.test("a purchase is in the ledger with its task's id, and without key and bytes", async (t) => {
  const file = await imageFile("robot.png");
  const description = {
    name: "robot.png",
    media_type: "image/png",
    size: file.size,
    sha256: new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())).toHex(),
  };
  const cases = {
    text: {
      path: TEXT_TO_MODEL,
      body: () => fromText,
      operation: "text-to-model",
      request: fromText,
    },
    image: {
      path: IMAGE_TO_MODEL,
      body: (token: string) => ({ ...fromImage, input: token }),
      operation: "image-to-model",
      request: { ...fromImage, input: description },
    },
    views: {
      path: MULTIVIEW_TO_MODEL,
      body: (token: string) => ({ model: MODEL, inputs: [{ front: token }, { left: token }] }),
      operation: "image-to-model",
      request: { model: MODEL, inputs: { front: description, left: description } },
    },
  };
  for (const [name, { path, body, operation, request }] of Object.entries(cases)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const response = await app.request(path, jsonRequest(body(await upload(app, file))));
      const [call, ...others] = await readCalls(app);
      assert.deepEqual(others, []);
      assert.deepEqual(call, {
        id: call?.id,
        provider: "tripo",
        operation,
        model: MODEL,
        request,
        request_id: await readTaskId(response),
        accepted_at: "2026-11-23T12:00:00.000Z",
      });
      assert.equal(JSON.stringify(call).includes("sk-simulated"), false);
    });
  }
});
