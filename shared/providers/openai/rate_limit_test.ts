import assert from "node:assert/strict";
import { createTestApp } from "../../../simulators/openai/testing.ts";
import { TestClock } from "../../../simulators/testing.ts";
import { generate } from "../../../testing/openai_calls.ts";
import { ODD_HEADERS } from "../../../testing/odd_values.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import { readRateLimit } from "./rate_limit.ts";

function read(limit: string, remaining: string, reset: string): unknown {
  return readRateLimit(
    new Headers({
      "x-ratelimit-limit-images": limit,
      "x-ratelimit-remaining-images": remaining,
      "x-ratelimit-reset-images": reset,
    }),
  );
}

Deno.test("the window of images is read from its three headers", () => {
  assert.deepEqual(read("20", "7", "12s"), { limit: 20, remaining: 7, resetSeconds: 12 });
});

Deno.test("a duration is read in all its parts", () => {
  const durations = {
    "12s": 12,
    "1m30s": 90,
    "250ms": 0.25,
    "1.5s": 1.5,
    "6m0s": 360,
    "1h2m3s": 3_723,
    "1m": 60,
    "0s": 0,
    "1s500ms": 1.5,
  };
  for (const [text, resetSeconds] of Object.entries(durations)) {
    assert.deepEqual(read("20", "0", text), { limit: 20, remaining: 0, resetSeconds }, text);
  }
});

Deno.test("a part that says nothing is left out, and an answer without any has no window", () => {
  assert.deepEqual(read("20", "many", "soon"), { limit: 20 });
  assert.deepEqual(read("-1", "3", ""), { remaining: 3 });
  for (const text of ["", "s", "12", "1x", "-1s", "1s1m", "1m1h", "1e9s", "m30s", " "]) {
    assert.deepEqual(read("x", "x", text), undefined, text);
  }
  assert.equal(readRateLimit(new Headers()), undefined);
  assert.equal(readRateLimit(undefined), undefined);
  for (const [name, value] of Object.entries(ODD_HEADERS)) {
    const found = Object(read(value ?? "", value ?? "", value ?? ""));
    for (const part of Object.values(found)) assert.ok(Number(part) >= 0, name);
  }
});

Deno.test("windows of requests and tokens are none of images", () => {
  const headers = new Headers({
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-tokens": "7",
    "x-ratelimit-limit": "3",
  });
  assert.equal(readRateLimit(headers), undefined);
});

Deno.test("a call says what is left of the window, and so does one that finds it used up", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now, openaiImagesPerMinute: 5 });
  await withServer(app.fetch, async (address) => {
    const ask = (n: number): ReturnType<typeof generate> => generate(`${address}/openai/v1`, { n });
    const { call } = await ask(3);
    assert.deepEqual(call.rateLimit, { limit: 5, remaining: 2, resetSeconds: 60 });
    clock.pass(10_000);
    const { code, retryAfterSeconds, rateLimit } = await failureOf(ask(3));
    assert.deepEqual([code, retryAfterSeconds], ["provider_rate_limited", 50]);
    assert.deepEqual(rateLimit, { limit: 5, remaining: 2, resetSeconds: 50 });
    clock.pass(50_000);
    const later = await ask(4);
    assert.deepEqual(later.call.rateLimit, { limit: 5, remaining: 1, resetSeconds: 60 });
  });
});

Deno.test("a service that does not say has no window", async () => {
  await withServer(createTestApp().fetch, async (address) => {
    const { call } = await generate(`${address}/openai/v1`);
    assert.equal(call.rateLimit, undefined);
  });
});
