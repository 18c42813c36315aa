import { Hono } from "hono";
import assert from "node:assert/strict";
import { createSimulatorApp } from "./app.ts";
import { hideControl } from "./control_access.ts";

const app = new Hono()
  .use(hideControl)
  .get("/_calls", (c) => c.text("calls"))
  .get("/other", (c) => c.text("other"));

async function statusOf(url: string, peer?: string): Promise<number> {
  const env = peer ? { remoteAddr: { hostname: peer } } : undefined;
  return (await app.request(url, {}, env)).status;
}

Deno.test("control routes are there for this machine only", async (t) => {
  const cases: readonly (readonly [url: string, peer: string | undefined, status: number])[] = [
    ["http://127.0.0.1:1/_calls", "127.0.0.1", 200],
    ["http://localhost:1/_calls", "::1", 200],
    ["http://[::1]:1/_calls", "::ffff:127.0.0.1", 200],
    ["http://localhost/_calls", undefined, 200],
    ["http://127.0.0.1:1/_calls", "192.168.1.7", 404],
    ["http://192.168.1.5:1/_calls", "192.168.1.7", 404],
    // This machine by the address that others know it by, an emulator, a tunnel, a rebound name.
    ["http://192.168.1.5:1/_calls", "192.168.1.5", 404],
    ["http://10.0.2.2:1/_calls", "127.0.0.1", 404],
    ["http://tunnel.example/_calls", "127.0.0.1", 404],
    ["http://127.0.0.1.evil.example/_calls", "127.0.0.1", 404],
    ["http://192.168.1.5:1/other", "192.168.1.7", 200],
  ];
  for (const [url, peer, status] of cases) {
    await t.step(`${url} from ${peer}`, async () => {
      assert.equal(await statusOf(url, peer), status);
    });
  }
});

/** What a browser, or a program, sends to order a fault. */
async function orderFrom(
  { method = "POST", ...headers }: Readonly<Record<string, string>>,
): Promise<readonly [status: number, ordered: number, headers: Headers]> {
  const simulators = createSimulatorApp({ latencyMs: 0 });
  const url = "http://127.0.0.1:54324/_faults";
  const body = JSON.stringify({ provider: "openai", kind: "server_error", times: 1 });
  const response = await simulators.request(url, {
    method,
    headers,
    ...(method === "POST" && { body }),
  });
  const { faults } = await (await simulators.request(url)).json();
  return [response.status, faults.length, response.headers];
}

const JSON_TYPE = { "content-type": "application/json" };
const OWN = "http://127.0.0.1:54324";

Deno.test("a page of another origin orders nothing, though it is open on this machine", async (t) => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a form": { origin: "https://evil.example", "content-type": "text/plain" },
    "a form of an older browser": { "content-type": "text/plain" },
    "no kind of body": {},
    "a script that says that it sends JSON": { origin: "https://evil.example", ...JSON_TYPE },
    "a script in a sandbox": { origin: "null", ...JSON_TYPE },
    "another port of this machine": { origin: "http://127.0.0.1:3000", ...JSON_TYPE },
    "another name of this machine": { origin: "http://localhost:54324", ...JSON_TYPE },
    "the same port by https": { origin: "https://127.0.0.1:54324", ...JSON_TYPE },
    "a name that begins so": { origin: `${OWN}.evil.example`, ...JSON_TYPE },
    "another site, by what the browser says": { "sec-fetch-site": "cross-site", ...JSON_TYPE },
    "the same site with another port": { "sec-fetch-site": "same-site", ...JSON_TYPE },
    "what is asked before": {
      method: "OPTIONS",
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  };
  for (const [name, headers] of Object.entries(cases)) {
    await t.step(name, async () => {
      const [status, ordered, answered] = await orderFrom(headers);
      assert.ok([403, 415].includes(status), `${status}`);
      assert.equal(ordered, 0);
      assert.equal(answered.get("access-control-allow-origin"), null);
    });
  }
});

Deno.test("a page of the same origin, and a program, order what they like", async (t) => {
  const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "a page": { origin: OWN, "sec-fetch-site": "same-origin", ...JSON_TYPE },
    "a program": JSON_TYPE,
    "with a charset": { "content-type": "application/json; charset=utf-8" },
  };
  for (const [name, headers] of Object.entries(cases)) {
    await t.step(name, async () => {
      const [status, ordered] = await orderFrom(headers);
      assert.deepEqual([status, ordered], [201, 1]);
    });
  }
});
