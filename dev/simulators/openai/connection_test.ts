import assert from "node:assert/strict";
import type { Hono } from "hono";
import {
  createTestApp,
  generation,
  GENERATIONS,
  jsonRequest,
  orderFault,
  readCalls,
} from "./testing.ts";

/** Serves the app on a free port of this machine for the time of one test. */
async function withServer(app: Hono, test: (address: string) => Promise<void>): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.fetch);
  try {
    await test(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    // Waits for the requests that are still held: a request nobody cleans up
    // fails the test.
    await server.shutdown();
  }
}

Deno.test("disconnect is billed and breaks the connection off within the answer", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "disconnect" });
  await withServer(app, async (address) => {
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
  await withServer(app, async (address) => {
    const client = new AbortController();
    const request = { ...jsonRequest(generation), signal: client.signal };
    const answer = fetch(address + GENERATIONS, request);
    await accepted.promise;
    client.abort();
    await assert.rejects(answer, { name: "AbortError" });
  });
  assert.equal((await readCalls(app)).length, 1);
});
