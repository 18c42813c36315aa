import type { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { readImage } from "../image_file.ts";
import { createTestApp, readCalls, TestClock } from "../testing.ts";
import { edit, FLUX_2, jsonRequest, key, KONTEXT, poll, readHandle, run } from "./testing.ts";
import { triggers } from "./triggers.ts";

async function submit(app: Hono, prompt: string): Promise<Response> {
  return await app.request(KONTEXT, jsonRequest({ ...edit, prompt }));
}

const refusals: Readonly<Record<string, readonly [status: number, body: RegExp]>> = {
  "sim:400": [400, /^{"detail":/],
  "sim:401": [401, /^{"detail":/],
  "sim:402": [402, /^{"detail":/],
  "sim:403": [403, /^{"detail":"Not authenticated"/],
  "sim:404": [404, /^{"detail":/],
  "sim:422-key": [422, /^{"detail":".*api key/],
  "sim:429": [429, /^{"detail":/],
  "sim:429-flat": [429, /^{"error":.*"retry_after":1}$/],
  "sim:500": [500, /^{"detail":/],
  "sim:html-502": [502, /^<html>/],
  "sim:html-200": [200, /^<html>/],
  "sim:503": [503, /^upstream/],
};

Deno.test("a word keeps the job from being taken, and nothing is charged", async (t) => {
  for (const [word, [status, body]] of Object.entries(refusals)) {
    await t.step(word, async () => {
      const app = createTestApp();
      const response = await submit(app, `make it blue, ${word}.`);
      assert.equal(response.status, status);
      assert.match(await response.text(), body);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("one form of 429 says in a header when to come back, the other does not", async () => {
  const headers = [];
  for (const word of ["sim:429", "sim:429-flat"]) {
    headers.push((await submit(createTestApp(), word)).headers.get("retry-after"));
  }
  assert.deepEqual(headers, ["1", null]);
});

const reasons = { "Moderation Reasons": ["Sexual Content"] };

const endings: Readonly<Record<string, readonly [status: string, details: unknown]>> = {
  "sim:moderated-input": ["Request Moderated", reasons],
  "sim:moderated-output": ["Content Moderated", reasons],
  "sim:error": ["Error", { error: "Internal error" }],
  "sim:error-input": ["Error", { error: "input_image could not be processed" }],
  "sim:failed": ["Failed", null],
};

Deno.test("a word makes a job fail, which is not charged", async (t) => {
  for (const [word, [status, details]] of Object.entries(endings)) {
    await t.step(word, async () => {
      const app = createTestApp();
      const state = await run(app, KONTEXT, { prompt: word });
      assert.deepEqual([state.status, state.details, state.result], [status, details, null]);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("sim:poll-422 answers a poll with 422 and a job", async () => {
  const app = createTestApp();
  const { polling_url } = await readHandle(await submit(app, "sim:poll-422"));
  const response = await app.request(polling_url, { headers: key });
  assert.equal(response.status, 422);
  assert.equal((await response.json()).status, "Error");
});

Deno.test("a word keeps a job from its end, which is charged", async (t) => {
  const cases = {
    "sim:stuck": ["Pending", 0],
    "sim:stuck-99": ["Generating", 0.99],
    "sim:unknown-status": ["Upscaling", null],
    "sim:not-found": ["Task not found", null],
    "sim:not-found-404": ["Task not found", null],
  } as const;
  for (const [word, expected] of Object.entries(cases)) {
    await t.step(word, async () => {
      const clock = new TestClock();
      const app = createTestApp({ now: clock.now });
      const { polling_url } = await readHandle(await submit(app, word));
      for (const milliseconds of [0, 1e9]) {
        clock.pass(milliseconds);
        const { status, progress } = await poll(app, polling_url);
        assert.deepEqual([status, progress], expected);
      }
      assert.equal((await readCalls(app)).length, 1);
    });
  }
});

Deno.test("sim:lag hides the job for two seconds", async (t) => {
  for (const [word, httpStatus] of [["sim:lag", 200], ["sim:lag-404", 404]] as const) {
    await t.step(word, async () => {
      const clock = new TestClock();
      const app = createTestApp({ now: clock.now });
      const { polling_url } = await readHandle(await submit(app, word));
      clock.pass(1_999);
      const response = await app.request(polling_url, { headers: key });
      assert.equal(response.status, httpStatus);
      assert.equal((await response.json()).status, "Task not found");
      clock.pass(1);
      assert.equal((await poll(app, polling_url)).status, "Ready");
    });
  }
});

Deno.test("sim:not-found-404 is not found in HTTP either", async () => {
  const app = createTestApp();
  const { polling_url } = await readHandle(await submit(app, "sim:not-found-404"));
  assert.equal((await app.request(polling_url, { headers: key })).status, 404);
});

Deno.test("sim:slow takes five seconds longer", async () => {
  const clock = new TestClock();
  const app = createTestApp({ latencyMs: 1_000, now: clock.now });
  const { polling_url } = await readHandle(await submit(app, "sim:slow"));
  clock.pass(5_999);
  assert.equal((await poll(app, polling_url)).status, "Generating");
  clock.pass(1);
  assert.equal((await poll(app, polling_url)).status, "Ready");
});

Deno.test("sim:lost takes the job, charges it, and breaks the answer off", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const response = await fetch(address + KONTEXT, jsonRequest({ prompt: "sim:lost" }));
    await assert.rejects(response.text(), TypeError);
  });
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("sim:lost-500 takes the job, charges it, and says that it failed", async () => {
  const app = createTestApp();
  assert.equal((await submit(app, "sim:lost-500")).status, 500);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("a word spoils the picture, which is charged", async (t) => {
  const read = async (body: Record<string, unknown>): Promise<Uint8Array<ArrayBuffer>> => {
    const app = createTestApp();
    const state = await run(app, FLUX_2, { width: 64, height: 64, ...body });
    assert.equal(state.status, "Ready");
    assert.equal((await readCalls(app)).length, 1);
    const { sample } = state.result ?? {};
    assert.ok(sample);
    return await (await app.request(sample)).bytes();
  };
  await t.step("sim:empty", async () => {
    const state = await run(createTestApp(), KONTEXT, { prompt: "sim:empty" });
    assert.equal(state.status, "Ready");
    assert.equal(state.result?.sample, undefined);
  });
  await t.step("sim:empty-file", async () => {
    assert.equal((await read({ prompt: "sim:empty-file" })).length, 0);
  });
  for (const [asked, given] of [["png", "jpeg"], ["jpeg", "png"]]) {
    await t.step(`sim:wrong-format, asked for ${asked}`, async () => {
      const file = await read({ prompt: "sim:wrong-format", output_format: asked });
      assert.equal((await readImage(file))?.mediaType, `image/${given}`);
    });
  }
});

Deno.test("every word has a test above, and a form that works once", () => {
  const words = [
    ...Object.keys(refusals),
    ...Object.keys(endings),
    ...["poll-422", "stuck", "stuck-99", "unknown-status", "not-found", "not-found-404", "lag"]
      .map((word) => `sim:${word}`),
    ...["lag-404", "slow", "lost", "lost-500", "empty", "empty-file", "wrong-format"]
      .map((word) => `sim:${word}`),
  ];
  assert.deepEqual(
    Object.keys(triggers).toSorted(),
    words.flatMap((word) => [word, `${word}-once`]).toSorted(),
  );
});

Deno.test("sim:500-once and sim:error-once affect the first job only", async () => {
  const app = createTestApp();
  const statuses = [
    (await submit(app, "sim:500-once")).status,
    (await submit(app, "sim:500-once")).status,
    (await run(app, KONTEXT, { prompt: "sim:error-once" })).status,
    (await run(app, KONTEXT, { prompt: "sim:error-once" })).status,
  ];
  assert.deepEqual(statuses, [500, 200, "Error", "Ready"]);
});
