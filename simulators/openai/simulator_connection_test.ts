import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import {
  createTestApp,
  generation,
  GENERATIONS,
  jsonRequest,
  orderFault,
  readCalls,
} from "./testing.ts";

Deno.test("disconnect is billed and breaks the connection off within the answer", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "disconnect" });
  await withServer(app.fetch, async (address) => {
    const call = async (): Promise<string> => {
      const response = await fetch(address + GENERATIONS, jsonRequest(generation));
      return await response.text();
    };
    await assert.rejects(call, TypeError);
  });
  assert.equal((await readCalls(app)).length, 1);
});

Deno.test("a timed-out request is cleaned up when its client hangs up", async () => {
  const accepted = Promise.withResolvers<void>();
  const app = createTestApp({
    wait: () => {
      accepted.resolve();
      return Promise.resolve();
    },
  });
  await orderFault(app, { kind: "timeout" });
  await withServer(app.fetch, async (address) => {
    const client = new AbortController();
    const request = { ...jsonRequest(generation), signal: client.signal };
    const answer = fetch(address + GENERATIONS, request);
    await accepted.promise;
    client.abort();
    await assert.rejects(answer, { name: "AbortError" });
  });
  assert.equal((await readCalls(app)).length, 1);
});
