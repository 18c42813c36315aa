import assert from "node:assert/strict";
import { currentTrace } from "../../../shared/current_trace.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { createWorkerApp } from "./app.ts";

async function call(
  method: string,
  headers: Record<string, string>,
): Promise<{ response: Response; wakes: number }> {
  let wakes = 0;
  const { log } = recordLog();
  const app = createWorkerApp({
    log,
    secrets: ["worker-secret-1234", "worker-secret-old1"],
    wake: () => void wakes++,
  });
  return { response: await app.request("/worker", { method, headers }), wakes };
}

Deno.test("a wrong or missing secret wakes nothing", async (t) => {
  const cases: Readonly<Record<string, Record<string, string>>> = {
    missing: {},
    empty: { apikey: "" },
    wrong: { apikey: "worker-secret-1235" },
    beginning: { apikey: "worker-secret" },
    "all of them": { apikey: "worker-secret-1234,worker-secret-old1" },
    "in another header": { authorization: "Bearer worker-secret-1234" },
  };
  for (const [name, headers] of Object.entries(cases)) {
    await t.step(name, async () => {
      const { response, wakes } = await call("POST", headers);
      assert.equal(response.status, 401);
      assert.equal((await response.json()).error, "unauthorized");
      assert.equal(wakes, 0);
    });
  }
});

Deno.test("the right secret wakes the worker and is answered at once", async () => {
  for (const apikey of ["worker-secret-1234", "worker-secret-old1"]) {
    const { response, wakes } = await call("POST", { apikey });
    assert.equal(response.status, 202);
    assert.deepEqual(await response.json(), { status: "awake" });
    assert.equal(wakes, 1);
  }
});

Deno.test("only POST wakes", async () => {
  const { response, wakes } = await call("GET", { apikey: "worker-secret-1234" });
  assert.deepEqual([response.status, response.headers.get("allow"), wakes], [405, "POST", 0]);
});

Deno.test("what a wake-up starts is not in its trace: it is work of many requests", async () => {
  const traces: unknown[] = [];
  const app = createWorkerApp({
    log: recordLog().log,
    secrets: ["worker-secret-1234"],
    wake: () => void traces.push(currentTrace()),
  });
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const headers = { apikey: "worker-secret-1234", traceparent };
  assert.equal((await app.request("/worker", { method: "POST", headers })).status, 202);
  assert.deepEqual(traces, [undefined]);
});
