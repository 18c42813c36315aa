import type { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { z } from "zod";
import { authorization, createTestApp, jsonRequest, TestClock } from "../testing.ts";
import {
  fromImage,
  fromText,
  IMAGE_TO_MODEL,
  imageFile,
  readable,
  readData,
  readRefusal,
  readTask,
  readTaskId,
  TEXT_TO_MODEL,
  TEXTURE,
  upload,
} from "./testing.ts";

async function submit(app: Hono, changes: Record<string, unknown> = {}): Promise<string> {
  const response = await app.request(TEXT_TO_MODEL, jsonRequest({ ...fromText, ...changes }));
  return await readTaskId(response);
}

async function read(app: Hono, path: string): Promise<unknown> {
  return (await readData(await app.request(`/tripo/v3${path}`, readable))).data;
}

Deno.test("a task waits, goes on to 99, stays there a while, and succeeds", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const id = await submit(app);
  const seen: unknown[] = [];
  for (let second = 0; second <= 10; second++) {
    const { status, progress, output, credits_consumed } = await readTask(app, id);
    seen.push([status, progress]);
    assert.equal(output.model_url !== undefined, status === "success");
    assert.equal(credits_consumed, status === "success" ? 20 : 0);
    clock.pass(1_000);
  }
  assert.deepEqual(seen, [
    ["queued", 0],
    ["running", 0],
    ["running", 12],
    ["running", 24],
    ["running", 36],
    ["running", 48],
    ["running", 61],
    ["running", 73],
    ["running", 85],
    ["running", 97],
    ["success", 100],
  ]);
  const task = await readTask(app, id);
  assert.equal(task.completed_at, "2026-11-23T12:00:10.000Z");
});

Deno.test("a task is at 99 before it succeeds", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const id = await submit(app);
  clock.pass(9_500);
  assert.equal((await readTask(app, id)).progress, 99);
});

Deno.test("an address of a result dies after five minutes, and a new one can be had", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const id = await submit(app);
  const { output } = await readTask(app, id);
  const status = async (url = ""): Promise<number> => {
    const response = await app.request(url);
    await response.body?.cancel();
    return response.status;
  };
  clock.pass(299_999);
  assert.equal(await status(output.model_url), 200);
  clock.pass(1);
  assert.equal(await status(output.model_url), 403);
  assert.equal(await status(output.rendered_image_url), 403);
  assert.equal(await status((await readTask(app, id)).output.model_url), 200);
});

Deno.test("an address of a result refuses the API's key and a guessed signature", async () => {
  const app = createTestApp();
  const { output: { model_url = "" } } = await readTask(app, await submit(app));
  const response = await app.request(model_url, { headers: authorization });
  assert.equal(response.status, 400);
  assert.match(await response.text(), /Authorization/);
  assert.equal((await app.request(model_url.replace(/signature=.*/, "signature=1"))).status, 403);
});

Deno.test("a model of 150 MB is sent with its length", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const task = await readTask(app, await submit(app, { prompt: "a castle sim:large-150" }));
    const { pathname, search } = new URL(task.output.model_url ?? "");
    const response = await fetch(`${address}${pathname}${search}`);
    assert.equal(response.headers.get("content-length"), "150000000");
    let size = 0;
    for await (const chunk of response.body ?? []) size += chunk.length;
    assert.equal(size, 150_000_000);
  });
});

Deno.test("a task is invisible to another key", async () => {
  const app = createTestApp();
  const id = await submit(app);
  const other = { headers: { authorization: "Bearer tsk_other" } };
  const response = await app.request(`/tripo/v3/tasks/${id}`, other);
  assert.deepEqual(await readRefusal(response), [404, 2001]);
  const usage = await app.request("/tripo/v3/account/usage", other);
  assert.deepEqual((await readData(usage)).data, []);
});

Deno.test("an unknown task is not found", async () => {
  const response = await createTestApp().request("/tripo/v3/tasks/unknown", readable);
  assert.deepEqual(await readRefusal(response), [404, 2001]);
});

Deno.test("credits are frozen, and then taken or given back", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  await submit(app);
  await submit(app, { prompt: "sim:failed-1001" });
  assert.deepEqual(await read(app, "/account/balance"), { balance: 999_960, frozen: 40 });
  clock.pass(10_000);
  assert.deepEqual(await read(app, "/account/balance"), { balance: 999_980, frozen: 0 });
});

Deno.test("usage lists tasks, newest first and in pages", async () => {
  const app = createTestApp();
  const first = await submit(app);
  const second = await submit(app, { prompt: "sim:banned" });
  assert.deepEqual(await read(app, "/account/usage"), [
    {
      task_id: second,
      type: "text_to_model",
      status: "banned",
      credits_consumed: 0,
      created_at: "2026-11-23T12:00:00.000Z",
    },
    {
      task_id: first,
      type: "text_to_model",
      status: "success",
      credits_consumed: 20,
      created_at: "2026-11-23T12:00:00.000Z",
    },
  ]);
  const page = z.array(z.object({ task_id: z.string() }));
  assert.deepEqual(
    page.parse(await read(app, "/account/usage?limit=1&offset=1")).map(({ task_id }) => task_id),
    [first],
  );
  const refused = await app.request("/tripo/v3/account/usage?limit=201", readable);
  assert.deepEqual(await readRefusal(refused), [400, 1004]);
});

Deno.test("a task of sim:listed-late is in the list once it has ended, and others from the start", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const listed = async (): Promise<unknown> =>
    z.array(z.object({ task_id: z.string() })).parse(await read(app, "/account/usage"))
      .map(({ task_id }) => task_id);
  const late = await submit(app, { prompt: "a castle sim:listed-late" });
  const usual = await submit(app);
  assert.deepEqual(await listed(), [usual]);
  clock.pass(60_000);
  assert.deepEqual(await listed(), [usual, late]);
});

Deno.test("so many tasks at once and no more, each line with its own places", async (t) => {
  const app = createTestApp({ latencyMs: 10_000 });
  const token = await upload(app, await imageFile());
  const image = { ...fromImage, input: token };
  const cases = {
    "H models, from texts and images": { path: TEXT_TO_MODEL, body: fromText, places: 10 },
    "P models": { path: TEXT_TO_MODEL, body: { ...fromText, model: "P1-20260311" }, places: 5 },
  };
  for (const [name, { path, body, places }] of Object.entries(cases)) {
    await t.step(name, async () => {
      for (let place = 0; place < places; place++) {
        await readTaskId(await app.request(path, jsonRequest(body)));
      }
      const response = await app.request(path, jsonRequest(body));
      assert.equal(response.headers.get("retry-after"), "1");
      assert.deepEqual(await readRefusal(response), [429, 2000]);
    });
  }
  await t.step("an image waits for the same places as a text", async () => {
    const response = await app.request(IMAGE_TO_MODEL, jsonRequest(image));
    assert.deepEqual(await readRefusal(response), [429, 2000]);
  });
});

Deno.test("surfaces have five places, which get free again", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 10_000, now: clock.now });
  const input = await submit(app);
  clock.pass(10_000);
  const statuses: number[] = [];
  const request = async (): Promise<void> => {
    statuses.push((await app.request(TEXTURE, jsonRequest({ input }))).status);
  };
  for (let place = 0; place < 6; place++) await request();
  clock.pass(10_000);
  await request();
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 200]);
});
