import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { type ImageFacts, readImage } from "../image_file.ts";
import { TestClock } from "../testing.ts";
import {
  createTestApp,
  generation,
  GENERATIONS,
  jsonRequest,
  MODEL,
  readCalls,
  readImages,
} from "./testing.ts";

async function decode(base64: string | undefined): Promise<ImageFacts | undefined> {
  return await readImage(new Uint8Array(Buffer.from(base64 ?? "", "base64")));
}

Deno.test("a generation answers pictures of the asked size and format", async (t) => {
  const cases: Readonly<Record<string, Record<string, unknown>>> = {
    png: { size: "1024x1024" },
    "a legal size between the presets": { size: "1792x1024" },
    jpeg: { output_format: "jpeg", output_compression: 50 },
    webp: { output_format: "webp" },
    "transparent png": { background: "transparent" },
    "transparent webp": { background: "transparent", output_format: "webp" },
  };
  for (const [name, changes] of Object.entries(cases)) {
    await t.step(name, async () => {
      const sent = {
        size: generation.size,
        output_format: "png",
        background: "opaque",
        ...changes,
      };
      const request = jsonRequest({ ...generation, ...sent });
      const body = await readImages(await createTestApp().request(GENERATIONS, request));
      const [width, height] = sent.size.split("x").map(Number);
      assert.equal(body.size, sent.size);
      assert.equal(body.output_format, sent.output_format);
      assert.equal(body.background, sent.background);
      assert.deepEqual(await decode(body.data[0]?.b64_json), {
        mediaType: `image/${sent.output_format}`,
        width,
        height,
        hasTransparency: sent.background === "transparent",
      });
    });
  }
});

Deno.test("the pictures of one call differ, and equal calls are answered equally", async () => {
  const app = createTestApp();
  const request = jsonRequest({ ...generation, n: 3 });
  const first = await readImages(await app.request(GENERATIONS, request));
  const second = await readImages(await app.request(GENERATIONS, request));
  assert.equal(new Set(first.data.map(({ b64_json }) => b64_json)).size, 3);
  assert.deepEqual(first, second);
});

Deno.test("what a request leaves open is decided in the answer", async () => {
  const request = jsonRequest({ prompt: "a robot", model: MODEL, safety_identifier: "u_1" });
  const body = await readImages(await createTestApp().request(GENERATIONS, request));
  assert.equal(body.quality, "medium");
  assert.equal(body.background, "opaque");
  assert.equal(body.size, "1024x1024");
  assert.equal(body.safety_identifier, "u_1");
  assert.equal(body.created, Date.parse("2026-11-23T12:00:00Z") / 1000);
});

Deno.test("usage adds up and grows with the number of pictures", async () => {
  const app = createTestApp();
  const usages = await Promise.all(
    [1, 2].map(async (n) => {
      const response = await app.request(GENERATIONS, jsonRequest({ ...generation, n }));
      return (await readImages(response)).usage;
    }),
  );
  for (const usage of usages) {
    assert.equal(usage.total_tokens, usage.input_tokens + usage.output_tokens);
    assert.equal(usage.input_tokens_details.image_tokens, 0);
  }
  assert.equal(usages[1]?.output_tokens, 2 * (usages[0]?.output_tokens ?? 0));
});

Deno.test("a success carries the documented headers", async () => {
  const response = await createTestApp().request(GENERATIONS, jsonRequest(generation));
  await response.body?.cancel();
  const names = [
    "openai-organization",
    "openai-processing-ms",
    "openai-version",
    "x-ratelimit-limit-requests",
    "x-ratelimit-remaining-requests",
    "x-ratelimit-reset-requests",
    "x-ratelimit-remaining-tokens",
    "x-request-id",
  ];
  for (const name of names) assert.ok(response.headers.has(name), name);
});

Deno.test("where images a minute are limited, each answer says what is left of them", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now, openaiImagesPerMinute: 3 });
  const ask = async (n: number, key = "sk-simulated"): Promise<readonly unknown[]> => {
    const request = jsonRequest({ ...generation, n });
    const headers = { ...Object(request.headers), authorization: `Bearer ${key}` };
    const response = await app.request(GENERATIONS, { ...request, headers });
    await response.body?.cancel();
    const told = ["limit", "remaining", "reset"].map((part) =>
      response.headers.get(`x-ratelimit-${part}-images`)
    );
    return [response.status, ...told, response.headers.get("retry-after")];
  };
  assert.deepEqual(await ask(2), [200, "3", "1", "1m0s", null]);
  clock.pass(30_000);
  assert.deepEqual(await ask(2), [429, "3", "1", "30s", "30"]);
  assert.deepEqual(await ask(3, "sk-other"), [200, "3", "0", "1m0s", null]);
  clock.pass(29_750);
  assert.deepEqual(await ask(2), [429, "3", "1", "250ms", "1"]);
  clock.pass(250);
  assert.deepEqual(await ask(3), [200, "3", "0", "1m0s", null]);
  assert.equal((await readCalls(app)).length, 3);
});

Deno.test("a generation is in the ledger with its fields, and without the key", async () => {
  const app = createTestApp();
  const response = await app.request(GENERATIONS, jsonRequest(generation));
  const [call, ...others] = await readCalls(app);
  assert.deepEqual(others, []);
  assert.deepEqual(call, {
    id: call?.id,
    provider: "openai",
    operation: "text-to-image",
    model: MODEL,
    request: generation,
    request_id: response.headers.get("x-request-id"),
    accepted_at: "2026-11-23T12:00:00.000Z",
  });
  assert.equal(JSON.stringify(call).includes("sk-simulated"), false);
  await app.request("/_calls", { method: "DELETE" });
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("a call is billed before its answer is ready", async () => {
  const waiting = Promise.withResolvers<void>();
  const started = Promise.withResolvers<number>();
  const app = createTestApp({
    latencyMs: 20_000,
    wait: (milliseconds) => {
      started.resolve(milliseconds);
      return waiting.promise;
    },
  });
  const answer = app.request(GENERATIONS, jsonRequest(generation));
  assert.equal(await started.promise, 20_000);
  assert.equal((await readCalls(app)).length, 1);
  waiting.resolve();
  assert.equal((await answer).status, 200);
});

Deno.test("the list of models leaves out the dead and dates the dying", async () => {
  const request = { headers: { authorization: "Bearer sk-simulated" } };
  const response = await createTestApp().request("/openai/v1/models", request);
  const { data }: { data: { id: string; shutdown_date: string | null }[] } = await response.json();
  const dates = new Map(data.map(({ id, shutdown_date }) => [id, shutdown_date]));
  assert.equal(dates.get("gpt-image-2.5-flare"), null);
  assert.equal(dates.get("gpt-image-1.5"), "2026-12-01");
  assert.equal(dates.has("gpt-image-1"), false);
  assert.equal(dates.has("dall-e-3"), false);
});
