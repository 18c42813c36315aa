import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createTestApp, orderFault, readCalls, recordWaits } from "../testing.ts";
import { download, generationRequest, GENERATIONS, readList, readRefusal } from "./testing.ts";

Deno.test("faults that the provider does not bill are its own refusals", async (t) => {
  const refusals = {
    rate_limited: [429, "rate_limit_exceeded"],
    server_error: [500, "internal_error"],
    refused: [400, "prompt_rejected"],
  } as const;
  for (const [kind, refusal] of Object.entries(refusals)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, "recraft", { kind });
      const response = await app.request(GENERATIONS, generationRequest());
      assert.deepEqual(await readRefusal(response), refusal);
      assert.deepEqual(await readCalls(app), []);
      assert.equal((await app.request(GENERATIONS, generationRequest())).status, 200);
    });
  }
});

Deno.test("empty_file is billed and answers files of no bytes, in either form", async () => {
  const app = createTestApp();
  await orderFault(app, "recraft", { kind: "empty_file", times: 2 });
  const linked = await readList(await app.request(GENERATIONS, generationRequest()));
  const file = await download(app, linked.data[0]?.url);
  assert.deepEqual([file.status, (await file.bytes()).length], [200, 0]);
  const request = generationRequest({ response_format: "b64_json" });
  const { data } = await readList(await app.request(GENERATIONS, request));
  assert.equal(data[0]?.b64_json, "");
  assert.equal((await readCalls(app)).length, 2);
});

Deno.test("invalid_json is billed and answers 200 with a body that is not JSON", async () => {
  const app = createTestApp();
  await orderFault(app, "recraft", { kind: "invalid_json" });
  const response = await app.request(GENERATIONS, generationRequest());
  assert.equal(response.status, 200);
  await assert.rejects(response.json(), SyntaxError);
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("slow is billed and answers normally after its latency", async () => {
  const { waits, wait } = recordWaits();
  const app = createTestApp({ wait, latencyMs: 20 });
  await orderFault(app, "recraft", { kind: "slow", latency_ms: 700 });
  for (let call = 0; call < 2; call++) {
    await readList(await app.request(GENERATIONS, generationRequest()));
  }
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
      await orderFault(app, "recraft", { kind });
      const client = new AbortController();
      const request = { ...generationRequest(), signal: client.signal };
      const answer = app.request(GENERATIONS, request);
      await accepted.promise;
      assert.equal((await readCalls(app)).length, 1);
      client.abort();
      assert.equal((await answer).status, 499);
    });
  }
});

Deno.test("disconnect is billed and breaks the connection off within the answer", async () => {
  const app = createTestApp();
  await orderFault(app, "recraft", { kind: "disconnect" });
  await withServer(app.fetch, async (address) => {
    const response = await fetch(address + GENERATIONS, generationRequest());
    await assert.rejects(response.text(), TypeError);
  });
  assert.equal((await readCalls(app)).length, 1);
});
