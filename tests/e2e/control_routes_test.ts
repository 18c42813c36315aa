import assert from "node:assert/strict";
import { connect } from "node:net";
import { faultsBody } from "../../tools/local/stack/control/bodies.ts";
import { findService } from "../../tools/local/stack/leftovers.ts";
import { control, controlled } from "../support/gateway_control.ts";
import { stack } from "../support/stack.ts";

const OWN = `127.0.0.1:${stack.ports.gateway}`;

/** Everything that can be broken, and what it is asked with. */
const REQUESTS = [
  ["POST", "/_faults", { provider: "openai", kind: "refused", times: 1 }],
  ["DELETE", "/_faults", undefined],
  ["POST", "/_worker/kill", {}],
  ["POST", "/_postgres/restart", {}],
  ["GET", "/_calls", undefined],
  ["GET", "/_faults", undefined],
] as const;

/** Sends a request with exactly these headers, whatever fetch would do with them; returns the answer. */
async function sendRaw(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<string> {
  const lines = Object.entries({ ...headers, connection: "close", "content-length": body.length })
    .map(([name, value]) => `${name}: ${value}`);
  const text = [`${method} ${path} HTTP/1.1`, ...lines, "", body].join("\r\n");
  return await new Promise((resolve, reject) => {
    const socket = connect(stack.ports.gateway, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk: Uint8Array) => (answer += new TextDecoder().decode(chunk)));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

/** What is ordered, and what has ended. */
async function condition(): Promise<unknown> {
  const { faults } = await controlled(faultsBody, "GET", "/_faults");
  return {
    faults,
    postgres: await findService(stack.folder, "bin/postgres"),
    crashes: (await Deno.readTextFile(`${stack.folder}/logs/worker.log`))
      .split("\n").filter((line) => line.includes('"reason":"crash"')).length,
  };
}

Deno.test("no page of another origin breaks anything by the browser of this machine", async (t) => {
  const json = { "content-type": "application/json" };
  const cases: Readonly<Record<string, readonly [Record<string, string>, RegExp]>> = {
    "another origin": [{ host: OWN, origin: "https://evil.example", ...json }, /^HTTP\/1.1 403 /],
    "a form": [
      { host: OWN, origin: "https://evil.example", "content-type": "text/plain" },
      /^HTTP\/1.1 403 /,
    ],
    "another port": [{ host: OWN, origin: "http://127.0.0.1:3000", ...json }, /^HTTP\/1.1 403 /],
    "an origin of none": [{ host: OWN, origin: "null", ...json }, /^HTTP\/1.1 403 /],
    "the same site": [{ host: OWN, "sec-fetch-site": "same-site", ...json }, /^HTTP\/1.1 403 /],
    "another site": [{ host: OWN, "sec-fetch-site": "cross-site", ...json }, /^HTTP\/1.1 403 /],
    "a name that leads here (DNS rebinding)": [
      { host: `evil.example:${stack.ports.gateway}`, origin: "http://evil.example", ...json },
      /^HTTP\/1.1 404 /,
    ],
    "a name that begins as ours": [
      { host: `127.0.0.1.evil.example:${stack.ports.gateway}`, ...json },
      /^HTTP\/1.1 404 /,
    ],
  };
  const before = await condition();
  for (const [name, [headers, expected]] of Object.entries(cases)) {
    await t.step(name, async () => {
      for (const [method, path, body] of REQUESTS) {
        const answer = await sendRaw(method, path, headers, JSON.stringify(body) ?? "");
        assert.match(answer, expected, `${method} ${path}`);
        assert.doesNotMatch(answer, /access-control-allow/i);
      }
    });
  }
  await t.step("a page that asks before", async () => {
    for (const [method, path] of REQUESTS) {
      const answer = await sendRaw("OPTIONS", path, {
        host: OWN,
        origin: "https://evil.example",
        "access-control-request-method": method,
        "access-control-request-headers": "content-type",
      }, "");
      assert.match(answer, /^HTTP\/1.1 403 /);
      assert.doesNotMatch(answer, /access-control-allow/i);
    }
  });
  await t.step("a body that is sent as text, by whom ever", async () => {
    for (const [method, path, body] of REQUESTS.filter(([method]) => method === "POST")) {
      const headers = { host: OWN, "content-type": "text/plain" };
      const answer = await sendRaw(method, path, headers, JSON.stringify(body) ?? "");
      assert.match(answer, /^HTTP\/1.1 415 /);
    }
  });
  assert.deepEqual(await condition(), before);
});

Deno.test("the page of the gateway itself may", async () => {
  const answer = await sendRaw("GET", "/_faults", {
    host: OWN,
    origin: `http://${OWN}`,
    "sec-fetch-site": "same-origin",
  }, "");
  assert.match(answer, /^HTTP\/1.1 200 /);
  assert.doesNotMatch(answer, /access-control-allow/i);
});

Deno.test("a wrong body names its field, and breaks nothing", async () => {
  const fault = { provider: "openai", kind: "refused", times: 1 };
  const cases: readonly (readonly [path: string, body: unknown, field: string])[] = [
    ["/_faults", { ...fault, provider: "nobody" }, "provider"],
    ["/_faults", { ...fault, operation: "fly" }, "operation"],
    ["/_faults", { ...fault, kind: "earthquake" }, "kind"],
    ["/_faults", { ...fault, times: 0 }, "times"],
    ["/_faults", { ...fault, colour: "red" }, "colour"],
    ["/_faults", [], "body"],
    ["/_worker/kill", { all: true }, "all"],
    ["/_postgres/restart", "now", "body"],
  ];
  const before = await condition();
  for (const [path, body, field] of cases) {
    const response = await control("POST", path, body);
    const refusal = await response.json();
    assert.deepEqual([response.status, refusal.field], [400, field], JSON.stringify(body));
    assert.ok(refusal.message.length > 0);
  }
  assert.deepEqual(await condition(), before);
});
