import type { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import {
  createTestApp,
  formRequest,
  jsonRequest,
  readCalls,
  recordWaits,
  TestClock,
} from "../testing.ts";
import {
  FILES,
  fromText,
  imageFile,
  orderFault,
  PRESIGN,
  readable,
  readRefusal,
  readTask,
  readTaskId,
  TEXT_TO_MODEL,
} from "./testing.ts";

const OPERATION = "text-to-model";

async function submit(app: Hono): Promise<Response> {
  return await app.request(TEXT_TO_MODEL, jsonRequest(fromText));
}

Deno.test("faults that keep a task from being taken are the provider's own words", async (t) => {
  const cases = {
    rate_limited: [429, 2000],
    server_error: [500, 1001],
    refused: [400, 2008],
  } as const;
  for (const [kind, refusal] of Object.entries(cases)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind, operation: OPERATION });
      assert.deepEqual(await readRefusal(await submit(app)), refusal);
      assert.deepEqual(await readCalls(app), []);
      assert.equal((await submit(app)).status, 200);
    });
  }
});

Deno.test("a task is taken and charged though its answer is lost", async (t) => {
  const lost: Readonly<Record<string, (address: string) => Promise<void>>> = {
    disconnect: async (address) => {
      const response = await fetch(address + TEXT_TO_MODEL, jsonRequest(fromText));
      await assert.rejects(response.text(), TypeError);
    },
    invalid_json: async (address) => {
      const response = await fetch(address + TEXT_TO_MODEL, jsonRequest(fromText));
      assert.equal(response.status, 200);
      await assert.rejects(response.json(), SyntaxError);
    },
  };
  for (const [kind, call] of Object.entries(lost)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind, operation: OPERATION });
      await withServer(app.fetch, call);
      await findSuccess(app);
    });
  }
  await t.step("timeout", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const app = createTestApp({
      wait: () => {
        resolve();
        return Promise.resolve();
      },
    });
    await orderFault(app, { kind: "timeout", operation: OPERATION });
    const client = new AbortController();
    const answer = app.request(TEXT_TO_MODEL, { ...jsonRequest(fromText), signal: client.signal });
    await promise;
    client.abort();
    assert.equal((await answer).status, 499);
    await findSuccess(app);
  });
});

/** The one task that was charged. */
async function findSuccess(app: Hono): Promise<void> {
  const [call, ...others] = await readCalls(app);
  assert.deepEqual(others, []);
  assert.equal((await readTask(app, call?.request_id ?? "")).status, "success");
}

Deno.test("stuck never advances, slow takes longer, empty_file has no bytes", async (t) => {
  await t.step("stuck", async () => {
    const app = createTestApp();
    await orderFault(app, { kind: "stuck", operation: OPERATION });
    const task = await readTask(app, await readTaskId(await submit(app)));
    assert.equal(task.status, "queued");
    assert.equal((await readCalls(app)).length, 1);
  });
  for (const [order, latencyMs] of [[{}, 5_000], [{ latency_ms: 700 }, 700]] as const) {
    await t.step(`slow by ${latencyMs} ms`, async () => {
      const clock = new TestClock();
      const { waits, wait } = recordWaits();
      const app = createTestApp({ latencyMs: 1_000, now: clock.now, wait });
      await orderFault(app, { kind: "slow", operation: OPERATION, ...order });
      const id = await readTaskId(await submit(app));
      assert.deepEqual(waits, [0]);
      clock.pass(1_000 + latencyMs - 1);
      assert.equal((await readTask(app, id)).status, "running");
      clock.pass(1);
      assert.equal((await readTask(app, id)).status, "success");
    });
  }
  await t.step("empty_file", async () => {
    const app = createTestApp();
    await orderFault(app, { kind: "empty_file", operation: OPERATION });
    const { output } = await readTask(app, await readTaskId(await submit(app)));
    const response = await app.request(output.model_url ?? "");
    assert.equal(response.status, 200);
    assert.equal((await response.bytes()).length, 0);
    assert.equal((await readCalls(app)).length, 1);
  });
});

Deno.test("requests that cost nothing meet only faults that name them", async (t) => {
  const app = createTestApp();
  const id = await readTaskId(await submit(app));
  const { output: { model_url = "" } } = await readTask(app, id);
  const file = await imageFile();
  const requests: Readonly<
    Record<string, readonly [operation: string, () => Response | Promise<Response>]>
  > = {
    poll: ["poll", () => app.request(`/tripo/v3/tasks/${id}`, readable)],
    download: ["download", () => app.request(model_url)],
    upload: ["upload", () => app.request(FILES, formRequest([["file", file]]))],
    presign: ["upload", () => app.request(PRESIGN, jsonRequest({ format: "glb" }))],
  };
  const statuses: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    poll: { server_error: 500, rate_limited: 429, refused: 403 },
    upload: { server_error: 500, rate_limited: 429, refused: 403 },
    download: { server_error: 503, rate_limited: 429, refused: 403 },
  };
  for (const [name, [operation, send]] of Object.entries(requests)) {
    await t.step(`${name} is left alone by faults for anything`, async () => {
      await orderFault(app, { kind: "server_error" });
      const response = await send();
      assert.equal(response.status, 200);
      await response.body?.cancel();
      await app.request("/_faults", { method: "DELETE" });
    });
    for (const [kind, status] of Object.entries(statuses[operation] ?? {})) {
      await t.step(`${name} meets ${kind}`, async () => {
        await orderFault(app, { kind, operation });
        const response = await send();
        assert.equal(response.status, status);
        await response.body?.cancel();
      });
    }
    await t.step(`${name} is cut short`, async () => {
      await orderFault(app, { kind: "invalid_json", operation });
      assert.equal((await (await send()).bytes()).length, 9);
    });
    await t.step(`${name} is empty`, async () => {
      await orderFault(app, { kind: "empty_file", operation });
      const response = await send();
      assert.equal(response.status, 200);
      assert.equal((await response.bytes()).length, 0);
    });
    await t.step(`${name} breaks off`, async () => {
      await orderFault(app, { kind: "disconnect", operation });
      const response = await send();
      await assert.rejects(response.bytes());
    });
  }
});

Deno.test("a free request can be slow, or never be answered", async () => {
  const { waits, wait } = recordWaits();
  const app = createTestApp({ wait });
  const id = await readTaskId(await submit(app));
  waits.length = 0;
  await orderFault(app, { kind: "slow", operation: "poll" });
  assert.equal((await readTask(app, id)).status, "success");
  assert.deepEqual(waits, [5_000]);
  await orderFault(app, { kind: "timeout", operation: "poll" });
  const signal = AbortSignal.abort();
  const response = await app.request(`/tripo/v3/tasks/${id}`, { ...readable, signal });
  assert.equal(response.status, 499);
});
