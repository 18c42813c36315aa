import assert from "node:assert/strict";
import { createTestApp, pictureFile, readCalls, recordWaits } from "../testing.ts";
import {
  download,
  generationRequest,
  GENERATIONS,
  partsRequest,
  readList,
  readOne,
  readRefusal,
  REMOVE_BACKGROUND,
} from "./testing.ts";

const unsafe = { n: 2, calculate_features: true };

function withPrompt(prompt: string, changes: Record<string, unknown> = {}): RequestInit {
  return generationRequest({ ...changes, prompt });
}

Deno.test("a trigger refuses a call in JSON, without billing it", async (t) => {
  const refusals = {
    "sim:moderated": [400, "prompt_rejected"],
    "sim:moderated-input": [400, "prompt_rejected"],
    "sim:no-units": [400, "not_enough_units"],
    "sim:402": [402, "not_enough_units"],
    "sim:403-no-units": [403, "not_enough_units"],
    "sim:400": [400, "invalid_parameter", "prompt"],
    "sim:model-gone": [400, "invalid_parameter", "model"],
    "sim:400-echo": [400, "invalid_parameter", "prompt"],
    "sim:403-style": [403, "style_forbidden"],
    "sim:404-style": [404, "style_not_found"],
    "sim:429": [429, "rate_limit_exceeded"],
    "sim:500": [500, "internal_error"],
  } as const;
  for (const [trigger, refusal] of Object.entries(refusals)) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(GENERATIONS, withPrompt(`a robot, ${trigger}.`));
      assert.equal(response.headers.has("retry-after"), false);
      assert.deepEqual(await readRefusal(response), refusal);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("a refusal may repeat what it was asked for", async () => {
  const prompt = "no credits, sim:400-echo";
  const response = await createTestApp().request(GENERATIONS, withPrompt(prompt));
  assert.match(await response.text(), /prompt: no credits, sim:400-echo is not possible/);
});

Deno.test("a trigger refuses a call in every other form, without billing it", async (t) => {
  const refusals = {
    "sim:moderated-text": [403, "text/plain", /safety policy/],
    "sim:400-nested": [400, "application/json", /^{"error":{"code":"invalid_parameter","mess/],
    "sim:401": [401, "text/plain", /^request unauthorized\n$/],
    "sim:404": [404, "text/plain", /^404 page not found\n$/],
    "sim:413": [413, null, /^$/],
    "sim:text-500": [500, "text/plain", /^internal server error\n$/],
    "sim:html-502": [502, "text/html", /^<html>/],
    "sim:503": [503, null, /^$/],
    "sim:504": [504, null, /^$/],
  } as const;
  for (const [trigger, [status, mediaType, text]] of Object.entries(refusals)) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(GENERATIONS, withPrompt(trigger));
      assert.equal(response.status, status);
      assert.equal(response.headers.get("content-type"), mediaType);
      assert.match(await response.text(), text);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("an unsafe picture has a high score, and is missing if it is to be blocked", async (t) => {
  for (const trigger of ["sim:nsfw", "sim:moderated-output"]) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const scored = await readList(await app.request(GENERATIONS, withPrompt(trigger, unsafe)));
      assert.deepEqual(scored.data.map(({ features }) => features?.nsfw_score), [0.97, 0.01]);
      const request = withPrompt(trigger, { ...unsafe, block_nsfw: true });
      const blocked = await readList(await app.request(GENERATIONS, request));
      assert.deepEqual(blocked.data.map(({ features }) => features?.nsfw_score), [0.01]);
      assert.deepEqual([blocked.credits, (await readCalls(app)).length], [80, 2]);
    });
  }
});

Deno.test("sim:empty and sim:empty-data are billed and answer no picture", async (t) => {
  for (const trigger of ["sim:empty", "sim:empty-data"]) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const { data } = await readList(await app.request(GENERATIONS, withPrompt(trigger)));
      assert.deepEqual(data, []);
      const order = { width: 256, height: 256 };
      const image = await pictureFile(order, "image/png", `a ${trigger}.png`);
      const body = await readOne(await app.request(REMOVE_BACKGROUND, partsRequest({ image })));
      assert.equal("image" in body, false);
      assert.equal((await readCalls(app)).length, 2);
    });
  }
});

Deno.test("sim:one-missing is billed and answers a first picture without an address", async () => {
  const app = createTestApp();
  const request = withPrompt("sim:one-missing", { n: 3 });
  const { data, credits } = await readList(await app.request(GENERATIONS, request));
  assert.deepEqual(data.map(({ url }) => url !== undefined), [false, true, true]);
  assert.deepEqual([credits, (await readCalls(app)).length], [120, 1]);
});

Deno.test("sim:dead-link is billed and answers links to nothing", async () => {
  const app = createTestApp();
  const { data } = await readList(await app.request(GENERATIONS, withPrompt("sim:dead-link")));
  assert.equal((await download(app, data[0]?.url)).status, 404);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("the once form of a trigger works once for its prompt", async () => {
  const app = createTestApp();
  const statuses: number[] = [];
  for (const prompt of ["a sim:500-once", "a sim:500-once", "b sim:html-502-once"]) {
    const response = await app.request(GENERATIONS, withPrompt(prompt));
    statuses.push(response.status);
    await response.body?.cancel();
  }
  assert.deepEqual(statuses, [500, 200, 502]);
});

Deno.test("sim:slow answers normally after five seconds", async () => {
  const { waits, wait } = recordWaits();
  const response = await createTestApp({ wait }).request(GENERATIONS, withPrompt("sim:slow"));
  assert.equal((await readList(response)).data.length, 1);
  assert.deepEqual(waits, [5_000]);
});
