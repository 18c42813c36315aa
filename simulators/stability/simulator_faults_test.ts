import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { readImage } from "../image_file.ts";
import { createTestApp, orderFault, readCalls, recordWaits } from "../testing.ts";
import { addressOf, readImageBody, readRefusal, stabilityRequest } from "./testing.ts";

const SKETCH = addressOf("sketch-to-image");
const request = stabilityRequest("sketch-to-image");
const jsonWanted = stabilityRequest("sketch-to-image", {}, { accept: "application/json" });

Deno.test("faults that the provider does not bill are its own refusals", async (t) => {
  const refusals = {
    rate_limited: [429, "rate_limit_exceeded"],
    server_error: [500, "internal_error"],
    refused: [403, "content_moderation"],
  } as const;
  for (const [kind, refusal] of Object.entries(refusals)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, "stability", { kind });
      const response = await app.request(SKETCH, request);
      assert.equal(response.headers.get("retry-after"), kind === "rate_limited" ? "1" : null);
      assert.deepEqual(await readRefusal(response), refusal);
      assert.deepEqual(await readCalls(app), []);
      assert.equal((await app.request(SKETCH, request)).status, 200);
    });
  }
});

Deno.test("a fault for one operation leaves the others alone", async () => {
  const app = createTestApp();
  await orderFault(app, "stability", { kind: "refused", operation: "image-to-model" });
  assert.equal((await app.request(SKETCH, request)).status, 200);
  const response = await app.request(
    addressOf("image-to-model"),
    stabilityRequest("image-to-model"),
  );
  assert.deepEqual(await readRefusal(response), [403, "content_moderation"]);
});

Deno.test("empty_file is billed and answers no bytes, in either form", async () => {
  const app = createTestApp();
  await orderFault(app, "stability", { kind: "empty_file", times: 2 });
  const response = await app.request(SKETCH, request);
  assert.equal(response.status, 200);
  assert.equal((await response.bytes()).length, 0);
  assert.equal((await readImageBody(await app.request(SKETCH, jsonWanted))).image, "");
  assert.equal((await readCalls(app)).length, 2);
});

Deno.test("invalid_json is billed and answers what its type does not promise", async (t) => {
  await t.step("bytes", async () => {
    const app = createTestApp();
    await orderFault(app, "stability", { kind: "invalid_json" });
    const response = await app.request(SKETCH, request);
    assert.equal(response.headers.get("content-type"), "image/png");
    assert.equal(await readImage(await response.bytes()), undefined);
    assert.equal((await readCalls(app)).length, 1);
  });
  await t.step("JSON", async () => {
    const app = createTestApp();
    await orderFault(app, "stability", { kind: "invalid_json" });
    const response = await app.request(SKETCH, jsonWanted);
    assert.equal(response.headers.get("content-type"), "application/json; type=image/png");
    await assert.rejects(response.json(), SyntaxError);
  });
});

Deno.test("slow is billed and answers normally after its latency", async () => {
  const { waits, wait } = recordWaits();
  const app = createTestApp({ wait, latencyMs: 20 });
  await orderFault(app, "stability", { kind: "slow", latency_ms: 700 });
  const response = await app.request(SKETCH, request);
  assert.equal((await readImage(await response.bytes()))?.width, 64);
  await (await app.request(SKETCH, request)).body?.cancel();
  assert.deepEqual(waits, [700, 20]);
  assert.equal((await readCalls(app)).length, 2);
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
      await orderFault(app, "stability", { kind });
      const client = new AbortController();
      const answer = app.request(SKETCH, { ...request, signal: client.signal });
      await accepted.promise;
      assert.equal((await readCalls(app)).length, 1);
      client.abort();
      assert.equal((await answer).status, 499);
    });
  }
});

Deno.test("disconnect is billed and breaks the connection off within the picture", async () => {
  const app = createTestApp();
  await orderFault(app, "stability", { kind: "disconnect" });
  await withServer(app.fetch, async (address) => {
    const accept = { accept: "image/*" };
    const response = await fetch(
      address + SKETCH,
      stabilityRequest("sketch-to-image", {}, accept),
    );
    assert.equal(response.headers.get("content-type"), "image/png");
    await assert.rejects(response.bytes(), TypeError);
  });
  assert.equal((await readCalls(app)).length, 1);
});
