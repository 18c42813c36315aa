import type { Hono } from "hono";
import assert from "node:assert/strict";
import { createTestApp, jsonRequest, readCalls, TestClock } from "../testing.ts";
import {
  fromText,
  imageFile,
  IMPORT,
  modelUpload,
  readRefusal,
  readTask,
  readTaskId,
  TEXT_TO_MODEL,
  TEXTURE,
  upload,
} from "./testing.ts";

const stone = { texture_prompt: { text: "weathered stone" } };

async function make(app: Hono, path: string, body: unknown): Promise<string> {
  return await readTaskId(await app.request(path, jsonRequest(body)));
}

Deno.test("a model gets a new surface, whether it is a file or a task", async () => {
  const app = createTestApp();
  const castle = await make(app, TEXT_TO_MODEL, fromText);
  const house = await make(app, TEXT_TO_MODEL, { ...fromText, prompt: "a house" });
  const file = await upload(app, await modelUpload());
  const imported = await make(app, IMPORT, { input: file });
  const bodies = [
    { input: castle, ...stone },
    { input: castle },
    { original_model_task_id: house, ...stone },
    { input: file, ...stone },
    { input: imported, ...stone },
  ];
  const models = new Set<string>();
  for (const body of bodies) {
    const task = await readTask(app, await make(app, TEXTURE, body));
    assert.equal(task.type, "texture_model");
    assert.equal(task.status, "success");
    assert.equal(task.credits_consumed, 10);
    const model = await (await app.request(task.output.model_url ?? "")).bytes();
    models.add(model.toBase64());
  }
  assert.equal(models.size, bodies.length);
});

Deno.test("a surface is in the ledger, its file described", async () => {
  const app = createTestApp();
  const file = await modelUpload("robot.glb");
  const body = { input: await upload(app, file), texture_quality: "extreme", ...stone };
  const id = await make(app, TEXTURE, body);
  const [call] = await readCalls(app);
  assert.equal(call?.operation, "refine-model");
  assert.equal(call?.model, "v3.0-20250812");
  assert.equal(call?.request_id, id);
  const { input, ...rest } = call?.request ?? {};
  assert.deepEqual(rest, { texture_quality: "extreme", ...stone });
  assert.ok(typeof input === "object" && input !== null);
  assert.deepEqual({ ...input, sha256: "" }, {
    name: "robot.glb",
    media_type: "model/gltf-binary",
    size: file.size,
    sha256: "",
  });
  assert.equal((await readTask(app, id)).credits_consumed, 30);
});

Deno.test("a surface that only pbr asks for is billed twice", async () => {
  const app = createTestApp();
  const input = await upload(app, await modelUpload());
  const id = await make(app, TEXTURE, { input, ...stone, texture: false, pbr: true });
  assert.equal((await readTask(app, id)).credits_consumed, 20);
});

Deno.test("an import costs nothing and is in no ledger", async () => {
  const app = createTestApp();
  const id = await make(app, IMPORT, { input: await upload(app, await modelUpload()) });
  const task = await readTask(app, id);
  assert.equal(task.status, "success");
  assert.equal(task.credits_consumed, 0);
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("surfaces are refused and cost nothing", async (t) => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now, latencyMs: 60_000 });
  const done = await make(app, TEXT_TO_MODEL, fromText);
  clock.pass(60_000);
  const running = await make(app, TEXT_TO_MODEL, fromText);
  const failed = await make(app, TEXT_TO_MODEL, { ...fromText, prompt: "sim:failed-1001" });
  const file = await upload(app, await modelUpload());
  const picture = await upload(app, await imageFile());
  await app.request("/_calls", { method: "DELETE" });
  const invalid = [400, 1004] as const;
  const unsimulated = [501, 501_501] as const;
  const cases: Readonly<
    Record<string, readonly [body: unknown, refusal: readonly [status: number, code: number]]>
  > = {
    "no input": [stone, invalid],
    "a foreign model without a prompt": [{ input: file }, invalid],
    "a picture": [{ input: picture, ...stone }, invalid],
    "an unknown token": [{ input: "file_unknown", ...stone }, invalid],
    "an unknown task": [{ input: "unknown", ...stone }, [404, 2001]],
    "a task that is not done": [{ input: running, ...stone }, [400, 2007]],
    "a task that failed": [{ input: failed, ...stone }, [400, 2007]],
    "data in the address": [{ input: "data:model/gltf-binary;base64,AA", ...stone }, invalid],
    "a model that makes shapes": [{ input: done, model: "v3.1-20260211" }, invalid],
    "a retired model": [{ input: done, model: "v2.0-20240919" }, [400, 2015]],
    "nothing to do": [{ input: done, texture: false, pbr: false }, invalid],
    "the fast quality of an older model": [{ input: done, texture_quality: "fast" }, invalid],
    "delight of an older model": [{ input: done, delight: true }, invalid],
    "a prompt that is a text": [{ input: done, texture_prompt: "stone" }, invalid],
    "an empty prompt": [{ input: done, texture_prompt: {} }, invalid],
    "two prompts": [{ input: done, texture_prompt: { text: "stone", image: {} } }, invalid],
    "a style without a text": [{ input: done, texture_prompt: { style_image: {} } }, invalid],
    "a picture as prompt": [{ input: done, texture_prompt: { image: {} } }, unsimulated],
    "named parts": [{ input: done, part_names: ["door"] }, unsimulated],
  };
  for (const [name, [body, refusal]] of Object.entries(cases)) {
    await t.step(name, async () => {
      assert.deepEqual(await readRefusal(await app.request(TEXTURE, jsonRequest(body))), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("an import of a task is refused", async () => {
  const app = createTestApp();
  const input = await make(app, TEXT_TO_MODEL, fromText);
  const response = await app.request(IMPORT, jsonRequest({ input }));
  assert.deepEqual(await readRefusal(response), [400, 2006]);
});
