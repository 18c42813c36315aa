import assert from "node:assert/strict";
import { createSimulatorApp } from "./app.ts";

const fault = { provider: "openai", kind: "rate_limited", times: 1 };

function post(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

Deno.test("/_health answers 200", async () => {
  const response = await createSimulatorApp({ latencyMs: 0 }).request("/_health");
  assert.equal(response.status, 200);
});

Deno.test("POST /_faults orders a fault, which GET lists and DELETE clears", async () => {
  const app = createSimulatorApp({ latencyMs: 0 });
  assert.equal((await app.request("/_faults", post(fault))).status, 201);
  assert.deepEqual(await (await app.request("/_faults")).json(), { faults: [fault] });
  assert.equal((await app.request("/_faults", { method: "DELETE" })).status, 204);
  assert.deepEqual(await (await app.request("/_faults")).json(), { faults: [] });
});

Deno.test("what GET /_faults/possible lists can be ordered, and nothing else", async () => {
  const app = createSimulatorApp({ latencyMs: 0 });
  const { kinds, providers } = await (await app.request("/_faults/possible")).json();
  assert.equal(kinds.length, 9);
  assert.deepEqual(kinds[0], { kind: "rate_limited", billed: false });
  for (const { name: provider, operations } of providers) {
    for (const operation of operations) {
      const response = await app.request("/_faults", post({ ...fault, provider, operation }));
      assert.equal(response.status, 201, `${provider} ${operation}`);
    }
  }
  assert.deepEqual(
    providers.map(({ name }: { readonly name: string }) => name).sort(),
    ["flux", "openai", "recraft", "stability", "tripo"],
  );
});

Deno.test("POST /_faults refuses a bad body and names the field", async (t) => {
  const bodies: Readonly<Record<string, readonly [field: string, body: unknown]>> = {
    "no object": ["body", "rate_limited"],
    "no provider": ["provider", { kind: "slow", times: 1 }],
    "unknown provider": ["provider", { ...fault, provider: "nobody" }],
    "unknown operation": ["operation", { ...fault, operation: "refine-model" }],
    "no kind": ["kind", { provider: "openai", times: 1 }],
    "unknown kind": ["kind", { ...fault, kind: "earthquake" }],
    "no times": ["times", { provider: "openai", kind: "slow" }],
    never: ["times", { ...fault, times: 0 }],
    "negative latency": ["latency_ms", { ...fault, latency_ms: -1 }],
    "unknown key": ["latency", { ...fault, latency: 5 }],
  };
  for (const [name, [field, body]] of Object.entries(bodies)) {
    await t.step(name, async () => {
      const response = await createSimulatorApp({ latencyMs: 0 }).request("/_faults", post(body));
      assert.equal(response.status, 400);
      assert.equal((await response.json()).error.field, field);
    });
  }
});

Deno.test("POST /_faults refuses a body that is not JSON", async () => {
  const request = { ...post(undefined), body: "{" };
  const response = await createSimulatorApp({ latencyMs: 0 }).request("/_faults", request);
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error.field, "body");
});

Deno.test("/_headers lists the names of all headers that providers were sent, and no value", async () => {
  const app = createSimulatorApp({ latencyMs: 0 });
  const read = async (): Promise<unknown> =>
    (await (await app.request("/_headers")).json()).headers;
  await app.request("/_health", { headers: { "x-control": "1" } });
  assert.deepEqual(await read(), []);
  await app.request("/openai/v1/models", { headers: { "x-first": "one" } });
  await app.request("/flux/v1/nothing", { headers: { "X-Second": "two", "x-first": "three" } });
  assert.deepEqual(await read(), ["x-first", "x-second"]);
});
