import assert from "node:assert/strict";
import {
  createTestApp,
  generation,
  GENERATIONS,
  jsonRequest,
  orderFault,
  readCalls,
  readImages,
  readRefusal,
} from "./testing.ts";

function withPrompt(prompt: string): RequestInit {
  return jsonRequest({ ...generation, prompt });
}

Deno.test("a trigger in the prompt decides the answer and whether it is billed", async (t) => {
  const user = "image_generation_user_error";
  const cases = {
    "sim:moderated-input": [400, user, "moderation_blocked", 0],
    "sim:moderated-output": [400, user, "moderation_blocked", 1],
    "sim:model-gone": [400, user, "invalid_value", 0],
    "sim:429": [429, "requests", "rate_limit_exceeded", 0],
    "sim:429-quota": [429, "insufficient_quota", "credit_balance_exhausted", 0],
    "sim:500": [500, "server_error", null, 0],
    "sim:503": [503, "service_unavailable_error", "server_is_overloaded", 0],
  } as const;
  for (const [trigger, [status, type, code, billed]] of Object.entries(cases)) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(GENERATIONS, withPrompt(`a robot, ${trigger}.`));
      assert.deepEqual(await readRefusal(response), [status, type, code, null]);
      assert.equal((await readCalls(app)).length, billed);
    });
  }
});

Deno.test("a moderated prompt tells at which stage it was refused", async () => {
  const response = await createTestApp().request(GENERATIONS, withPrompt("sim:moderated-output"));
  const { error } = await response.json();
  assert.equal(error.moderation_details.moderation_stage, "output");
});

Deno.test("sim:html-502 answers a gateway's page", async () => {
  const response = await createTestApp().request(GENERATIONS, withPrompt("sim:html-502"));
  assert.equal(response.status, 502);
  assert.equal(response.headers.get("content-type"), "text/html");
  await response.body?.cancel();
});

Deno.test("sim:empty is billed and answers no picture", async () => {
  const app = createTestApp();
  const response = await app.request(GENERATIONS, withPrompt("sim:empty"));
  assert.deepEqual((await readImages(response)).data, []);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("sim:one-missing is billed and answers a first picture without bytes", async () => {
  const app = createTestApp();
  const request = jsonRequest({ ...generation, n: 3, prompt: "sim:one-missing" });
  const { data } = await (await app.request(GENERATIONS, request)).json();
  const has = data.map((picture: object) => "b64_json" in picture);
  assert.deepEqual(has, [false, true, true]);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("sim:500-once fails the first call with its prompt only", async () => {
  const app = createTestApp();
  const statuses: number[] = [];
  for (const prompt of ["a sim:500-once", "a sim:500-once", "b sim:500-once"]) {
    statuses.push((await app.request(GENERATIONS, withPrompt(prompt))).status);
  }
  assert.deepEqual(statuses, [500, 200, 500]);
});

Deno.test("sim:slow answers normally after five seconds", async () => {
  const waits: number[] = [];
  const app = createTestApp({
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  const response = await app.request(GENERATIONS, withPrompt("sim:slow"));
  assert.equal((await readImages(response)).data.length, 1);
  assert.deepEqual(waits, [5_000]);
});

Deno.test("an ordered fault comes before a trigger", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "server_error" });
  const response = await app.request(GENERATIONS, withPrompt("sim:429"));
  assert.equal(response.status, 500);
  await response.body?.cancel();
});
