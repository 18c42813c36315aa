import assert from "node:assert/strict";
import { recordLog } from "../../testing/recorded_log.ts";
import { ApiError } from "../contract/errors.ts";
import type { App } from "./app_environment.ts";
import { createApp, refuseOtherMethods } from "./create_app.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

function anApp(
  { log, logRequests, corsOrigins = ["*"] }: Partial<Parameters<typeof createApp>[0]> = {},
): App {
  const app = createApp({
    log: log ?? recordLog().log,
    corsOrigins,
    ...(logRequests !== undefined && { logRequests }),
  });
  app.get("/thing", (c) => c.json({ request_id: c.get("requestId") }));
  refuseOtherMethods(app, "/thing", "GET");
  app.get("/broken", () => {
    throw new Error("broken");
  });
  app.get("/refused", () => {
    throw new ApiError("unauthorized", "Missing or invalid token");
  });
  return app;
}

/** Paths by how they end. */
const ENDS = { "/thing": 200, "/refused": 401, "/no": 404, "/broken": 500 };

Deno.test("a long path of a stranger is cut in its log line", async () => {
  const { log, lines } = recordLog();
  await anApp({ log }).request(`/${"eyJ-".repeat(15_000)}`);
  await anApp({ log }).request(`/${"x".repeat(60_000)}`);
  for (const { path } of lines) assert.ok(String(path).length <= 500);
  assert.equal(lines.length, 2);
});

Deno.test("an unknown path is a 404 in the API's envelope", async () => {
  const response = await anApp().request("/nowhere");
  assert.equal(response.status, 404);
  assert.deepEqual(await response.json(), {
    error: "not_found",
    message: "Nothing at /nowhere",
    request_id: response.headers.get("x-request-id"),
  });
});

Deno.test("a known path with another method is a 405 that names the allowed one", async (t) => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    await t.step(method, async () => {
      const response = await anApp().request("/thing", { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "GET");
      const { error, message } = await response.json();
      assert.equal(error, "method_not_allowed");
      assert.equal(message, `${method} is not possible here; use GET`);
    });
  }
});

Deno.test("a browser's preflight is answered before any route", async () => {
  const response = await anApp().request("/refused", {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers":
        "authorization,x-api-key,content-type,traceparent,tracestate",
    },
  });
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.match(response.headers.get("access-control-allow-methods") ?? "", /\bPOST\b/);
  const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase() ?? "";
  for (const header of ["authorization", "x-api-key", "content-type"]) {
    assert.ok(allowed.includes(header), header);
  }
});

Deno.test("a page may send any request header, by names only and not without end", async (t) => {
  const many = Array.from({ length: 60 }, (_, index) => `x-${index}`);
  const cases: readonly (readonly [asked: string | undefined, allowed: readonly string[]])[] = [
    ["traceparent, tracestate,baggage", ["traceparent", "tracestate", "baggage"]],
    ["Sentry-Trace,X-Region,x-retry-count", ["sentry-trace", "x-region", "x-retry-count"]],
    ["x-client-info,,a b,ä,x-y", ["x-client-info", "x-y"]],
    ["<script>", ["content-type"]],
    ["*", ["*"]],
    [undefined, ["content-type"]],
    [`${"x".repeat(65)},y`, ["y"]],
    [many.join(","), many.slice(0, 50)],
  ];
  for (const [asked, allowed] of cases) {
    await t.step(String(asked).slice(0, 40), async () => {
      const response = await anApp().request("/thing", {
        method: "OPTIONS",
        headers: {
          origin: "https://app.example",
          "access-control-request-method": "POST",
          ...(asked !== undefined && { "access-control-request-headers": asked }),
        },
      });
      assert.equal(response.headers.get("access-control-allow-headers"), allowed.join(","));
    });
  }
});

Deno.test("browsers may read every answer, errors too", async (t) => {
  for (const [path, status] of Object.entries(ENDS)) {
    await t.step(`${status}`, async () => {
      const response = await anApp().request(path, { headers: { origin: "https://app.example" } });
      assert.equal(response.status, status);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      const exposed = response.headers.get("access-control-expose-headers") ?? "";
      assert.match(exposed, /x-request-id/);
      assert.match(exposed, /idempotency-replayed/);
    });
  }
});

Deno.test("only browsers on the named web pages may read, errors too", async (t) => {
  const corsOrigins = ["https://app.example", "http://localhost:8081"];
  const cases: readonly (readonly [origin: string, allowed: boolean])[] = [
    ["https://app.example", true],
    ["http://localhost:8081", true],
    ["https://app.example.evil.example", false],
    ["https://evil.example", false],
    ["http://app.example", false],
    ["null", false],
  ];
  for (const [origin, allowed] of cases) {
    await t.step(`${origin}: ${allowed ? "yes" : "no"}`, async () => {
      const app = anApp({ corsOrigins });
      const preflight = await app.request("/thing", { method: "OPTIONS", headers: { origin } });
      const answers = [preflight];
      for (const path of Object.keys(ENDS)) {
        answers.push(await app.request(path, { headers: { origin } }));
      }
      for (const { headers } of answers) {
        assert.equal(headers.get("access-control-allow-origin"), allowed ? origin : null);
        assert.match(headers.get("vary") ?? "", /Origin/);
      }
    });
  }
});

Deno.test("no answer is kept on the way or taken for anything but JSON", async (t) => {
  for (const [path, status] of Object.entries(ENDS)) {
    await t.step(`${status}`, async () => {
      const { headers } = await anApp().request(path);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.match(headers.get("content-type") ?? "", /^application\/json/);
    });
  }
});

Deno.test("each request has an id, the caller's own if it is a sane one", async (t) => {
  const cases: readonly (readonly [name: string, given: string | undefined, kept: boolean])[] = [
    ["none given", undefined, false],
    ["given", "client-id-1", true],
    ["with foreign characters", "id {injected}", false],
    ["too long", "x".repeat(300), false],
  ];
  for (const [name, given, kept] of cases) {
    await t.step(name, async () => {
      const headers = given === undefined ? {} : { "x-request-id": given };
      const response = await anApp().request("/thing", { headers });
      const id = response.headers.get("x-request-id");
      assert.equal((await response.json()).request_id, id);
      assert.equal(id === given, kept);
    });
  }
});

Deno.test("each request gets a line under its id, whatever its end", async (t) => {
  for (const [path, status] of Object.entries({ "/thing": 200, "/refused": 401, "/no": 404 })) {
    await t.step(`${status}`, async () => {
      const { log, lines } = recordLog();
      await anApp({ log }).request(path, { headers: { "x-request-id": "id-1" } });
      const line = lines.find(({ event }) => event === "request");
      assert.equal(line?.["request_id"], "id-1");
      assert.deepEqual([line["method"], line["path"], line["status"]], ["GET", path, status]);
    });
  }
});

Deno.test("each line of a request names the trace of its caller, whatever its end", async (t) => {
  for (const [path, status] of Object.entries(ENDS)) {
    await t.step(`${status}`, async () => {
      const { log, lines } = recordLog();
      const response = await anApp({ log }).request(path, {
        headers: { traceparent: TRACEPARENT },
      });
      assert.equal(response.status, status);
      assert.deepEqual(new Set(lines.map(({ event }) => event)), eventsOf(status));
      for (const { trace_id } of lines) assert.equal(trace_id, TRACE);
    });
  }
});

/** What a request logs that ended so. */
function eventsOf(status: number): Set<string> {
  return new Set(status === 500 ? ["request failed", "request"] : ["request"]);
}

Deno.test("a trace that is not valid is ignored, and no request is refused for it", async (t) => {
  for (const traceparent of ["", "x", TRACEPARENT.toUpperCase(), `00-${"0".repeat(32)}-1-01`]) {
    await t.step(traceparent, async () => {
      const { log, lines } = recordLog();
      const response = await anApp({ log }).request("/thing", { headers: { traceparent } });
      assert.equal(response.status, 200);
      assert.deepEqual(lines.map((line) => "trace_id" in line), [false]);
    });
  }
});

Deno.test("a line has neither the query nor the headers of its request", async () => {
  const { log, lines } = recordLog();
  const headers = { authorization: "Bearer confidential" };
  await anApp({ log }).request("/thing?token=confidential", { headers });
  assert.equal(lines.length, 1);
  assert.ok(!JSON.stringify(lines).includes("confidential"));
});

Deno.test("lines for requests can be turned off", async () => {
  const { log, lines } = recordLog();
  await anApp({ log, logRequests: false }).request("/thing");
  assert.deepEqual(lines, []);
});
