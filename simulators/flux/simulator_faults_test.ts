import type { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createTestApp, readCalls, TestClock } from "../testing.ts";
import { edit, FLUX_2, jsonRequest, key, orderFault, poll, readHandle, run } from "./testing.ts";

const OPERATION = "text-to-image";
const small = { ...edit, width: 64, height: 64 };

async function submit(app: Hono): Promise<Response> {
  return await app.request(FLUX_2, jsonRequest(small));
}

Deno.test("faults that keep a job from being taken are the provider's own words", async (t) => {
  for (const [kind, status] of Object.entries({ rate_limited: 429, server_error: 500 })) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind, operation: OPERATION });
      assert.equal((await submit(app)).status, status);
      assert.deepEqual(await readCalls(app), []);
      assert.equal((await submit(app)).status, 200);
    });
  }
});

Deno.test("refused is the end of a job that is not charged", async () => {
  const app = createTestApp();
  await orderFault(app, { kind: "refused", operation: OPERATION });
  assert.equal((await run(app, FLUX_2, small)).status, "Request Moderated");
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("a job is taken and charged though its answer is lost", async (t) => {
  const errors = { disconnect: TypeError, invalid_json: SyntaxError };
  for (const [kind, error] of Object.entries(errors)) {
    await t.step(kind, async () => {
      const app = createTestApp();
      await orderFault(app, { kind, operation: OPERATION });
      await withServer(app.fetch, async (address) => {
        const response = await fetch(address + FLUX_2, jsonRequest(small));
        await assert.rejects(response.json(), error);
      });
      assert.equal((await readCalls(app)).length, 1);
    });
  }
});

Deno.test("stuck never advances, slow takes longer, empty_file has no bytes", async (t) => {
  await t.step("stuck", async () => {
    const app = createTestApp();
    await orderFault(app, { kind: "stuck", operation: OPERATION });
    assert.equal((await run(app, FLUX_2, small)).status, "Pending");
    assert.equal((await readCalls(app)).length, 1);
  });
  await t.step("slow", async () => {
    const clock = new TestClock();
    const app = createTestApp({ now: clock.now });
    await orderFault(app, { kind: "slow", operation: OPERATION, latency_ms: 700 });
    const { polling_url } = await readHandle(await submit(app));
    clock.pass(699);
    assert.notEqual((await poll(app, polling_url)).status, "Ready");
    clock.pass(1);
    assert.equal((await poll(app, polling_url)).status, "Ready");
  });
  await t.step("empty_file", async () => {
    const app = createTestApp();
    await orderFault(app, { kind: "empty_file", operation: OPERATION });
    const { result } = await run(app, FLUX_2, small);
    assert.equal((await (await app.request(result?.sample ?? "")).bytes()).length, 0);
    assert.equal((await readCalls(app)).length, 1);
  });
});

Deno.test("polls and downloads meet only faults that name them", async (t) => {
  const app = createTestApp();
  const { polling_url } = await readHandle(await submit(app));
  const sample = (await poll(app, polling_url)).result?.sample ?? "";
  const requests: Readonly<
    Record<string, readonly [() => Response | Promise<Response>, Readonly<Record<string, number>>]>
  > = {
    poll: [
      () => app.request(polling_url, { headers: key }),
      { server_error: 500, rate_limited: 429, refused: 403 },
    ],
    download: [
      () => app.request(sample),
      { server_error: 503, rate_limited: 429, refused: 403 },
    ],
  };
  for (const [operation, [send, statuses]] of Object.entries(requests)) {
    await t.step(`${operation} is left alone by faults for anything`, async () => {
      await orderFault(app, { kind: "server_error" });
      const response = await send();
      assert.equal(response.status, 200);
      await response.body?.cancel();
      await app.request("/_faults", { method: "DELETE" });
    });
    for (const [kind, status] of Object.entries(statuses)) {
      await t.step(`${operation} meets ${kind}`, async () => {
        await orderFault(app, { kind, operation });
        assert.equal((await send()).status, status);
      });
    }
    await t.step(`${operation} is empty, cut short, or breaks off`, async () => {
      for (const [kind, size] of [["empty_file", 0], ["invalid_json", 9]] as const) {
        await orderFault(app, { kind, operation });
        assert.equal((await (await send()).bytes()).length, size);
      }
      await orderFault(app, { kind: "disconnect", operation });
      await assert.rejects((await send()).bytes());
    });
  }
});
