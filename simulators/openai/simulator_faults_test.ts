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

Deno.test("faults that the provider does not bill are its own refusals", async (t) => {
  const refusals = {
    rate_limited: [429, "requests", "rate_limit_exceeded", null],
    server_error: [500, "server_error", null, null],
    refused: [400, "image_generation_user_error", "moderation_blocked", null],
  } as const;
  for (const [kind, refusal] of Object.entries(refusals)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind });
      const response = await app.request(GENERATIONS, jsonRequest(generation));
      assert.deepEqual(await readRefusal(response), refusal);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("a call after the last fault succeeds and is billed", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "server_error", times: 2 });
  const statuses: number[] = [];
  for (let call = 0; call < 3; call++) {
    statuses.push((await app.request(GENERATIONS, jsonRequest(generation))).status);
  }
  assert.deepEqual(statuses, [500, 500, 200]);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("a fault for edits leaves generations alone", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "refused", operation: "image-to-image" });
  assert.equal((await app.request(GENERATIONS, jsonRequest(generation))).status, 200);
});

Deno.test("rate_limited says when to come back", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "rate_limited" });
  const { headers } = await app.request(GENERATIONS, jsonRequest(generation));
  assert.equal(headers.get("retry-after"), "1");
  assert.equal(headers.get("x-ratelimit-remaining-requests"), "0");
  assert.equal(headers.get("x-ratelimit-reset-requests"), "1s");
  assert.ok(headers.has("x-ratelimit-limit-requests"));
});

Deno.test("invalid_json is billed and answers 200 with a body that is not JSON", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "invalid_json" });
  const response = await app.request(GENERATIONS, jsonRequest(generation));
  assert.equal(response.status, 200);
  await assert.rejects(response.json(), SyntaxError);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("empty_file is billed and answers pictures of no bytes", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "empty_file" });
  const request = jsonRequest({ ...generation, n: 2 });
  const { data } = await readImages(await app.request(GENERATIONS, request));
  assert.deepEqual(data, [{ b64_json: "" }, { b64_json: "" }]);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("slow is billed and answers normally after its latency", async (t) => {
  const cases = [
    { name: "five seconds unless told otherwise", order: {}, expected: 5_000 },
    { name: "as long as ordered", order: { latency_ms: 700 }, expected: 700 },
  ];
  for (const { name, order, expected } of cases) {
    await t.step(name, async () => {
      const waits: number[] = [];
      const app = createTestApp({
        wait: (milliseconds) => {
          waits.push(milliseconds);
          return Promise.resolve();
        },
      });
      await orderFault(app, { kind: "slow", ...order });
      const response = await app.request(GENERATIONS, jsonRequest(generation));
      assert.equal((await readImages(response)).data.length, 1);
      assert.deepEqual(waits, [expected]);
      assert.equal((await readCalls(app)).length, 1);
    });
  }
});

Deno.test("timeout and stuck are billed and end only with the client", async (t) => {
  for (const kind of ["timeout", "stuck"]) {
    await t.step(kind, async () => {
      const accepted = Promise.withResolvers<void>();
      const app = createTestApp({
        wait: () => {
          accepted.resolve();
          return Promise.resolve();
        },
      });
      await orderFault(app, { kind });
      const client = new AbortController();
      const request = { ...jsonRequest(generation), signal: client.signal };
      const answer = app.request(GENERATIONS, request);
      await accepted.promise;
      assert.equal((await readCalls(app)).length, 1);
      client.abort();
      assert.equal((await answer).status, 499);
    });
  }
});
