import assert from "node:assert/strict";
import { recordLog } from "../../testing/recorded_log.ts";
import { API_ERROR_STATUS, ApiError, type ApiErrorCode } from "../contract/errors.ts";
import { errorBody } from "../contract/responses.ts";
import { DatabaseTimeout } from "../database_failure.ts";
import { StorageAway } from "../storage/ask_storage.ts";
import { createApp } from "./create_app.ts";

async function answerTo(
  error: Error,
): Promise<{ response: Response; body: unknown; lines: readonly Record<string, unknown>[] }> {
  const { log, lines } = recordLog();
  const app = createApp({ log, corsOrigins: [] });
  app.get("/", () => {
    throw error;
  });
  const response = await app.request("/");
  return { response, body: await response.json(), lines };
}

Deno.test("each code is sent under its status", async (t) => {
  const codes = Object.keys(API_ERROR_STATUS) as ApiErrorCode[];
  for (const code of codes) {
    await t.step(`${code} ${API_ERROR_STATUS[code]}`, async () => {
      const { response, body } = await answerTo(new ApiError(code, "Some words"));
      assert.equal(response.status, API_ERROR_STATUS[code]);
      const { error, message } = errorBody.parse(body);
      assert.deepEqual({ error, message }, { error: code, message: "Some words" });
    });
  }
});

Deno.test("the bodies of 401 and 403 are those of the API guide and nothing else", async () => {
  const details = [{ field: "x", message: "y" }];
  const unauthorized = new ApiError("unauthorized", "Missing or invalid token", { details });
  assert.deepEqual((await answerTo(unauthorized)).body, {
    error: "unauthorized",
    message: "Missing or invalid token",
  });
  const forbidden = new ApiError("forbidden", "Access denied", { details });
  assert.deepEqual((await answerTo(forbidden)).body, {
    error: "forbidden",
    message: "Access denied",
  });
});

Deno.test("every other body carries the id that is in X-Request-Id", async () => {
  const { response, body } = await answerTo(new ApiError("not_found", "No such task"));
  const requestId = response.headers.get("x-request-id");
  assert.ok(requestId);
  assert.deepEqual(body, { error: "not_found", message: "No such task", request_id: requestId });
});

Deno.test("details are sent if there are any", async () => {
  const details = [{ field: "n", message: "Too big" }];
  const { body } = await answerTo(new ApiError("invalid_request", "n: Too big", { details }));
  assert.deepEqual(errorBody.parse(body).details, details);
});

Deno.test("an unexpected error is a 500 without its words, which stand in the log", async () => {
  const cause = new Error("password=hunter2");
  const { response, body, lines } = await answerTo(new Error("relation missing", { cause }));
  assert.equal(response.status, 500);
  assert.deepEqual(body, {
    error: "internal_error",
    message: "Internal error",
    request_id: response.headers.get("x-request-id"),
  });
  const line = lines.find(({ level }) => level === "error");
  assert.match(String(line?.["error"]), /relation missing[^]*hunter2/);
  assert.equal(line?.["request_id"], response.headers.get("x-request-id"));
});

Deno.test("what a 503 comes from is logged, and not told", async () => {
  const cause = new Error("Auth answered 502");
  const { response, body, lines } = await answerTo(
    new ApiError("unavailable", "Try again", { cause }),
  );
  assert.equal(response.status, 503);
  assert.doesNotMatch(JSON.stringify(body), /answered/);
  const line = lines.find(({ level }) => level === "error");
  assert.match(String(line?.["error"]), /Try again[^]*Auth answered 502/);
});

Deno.test("a database that cannot be reached is a 503 without its words", async (t) => {
  const codes = [
    "CONNECT_TIMEOUT",
    "CONNECTION_CLOSED",
    "CONNECTION_DESTROYED",
    "CONNECTION_ENDED",
    "ECONNREFUSED",
    "ECONNRESET",
    "57P01",
    "57P03",
  ];
  for (const code of codes) {
    await t.step(code, async () => {
      const error = Object.assign(new Error("connect 10.0.0.7:5432"), { code });
      const { response, body, lines } = await answerTo(error);
      assert.equal(response.status, 503);
      assert.equal(errorBody.parse(body).error, "unavailable");
      assert.ok(!JSON.stringify(body).includes("10.0.0.7"));
      assert.match(String(lines.find(({ level }) => level === "error")?.["error"]), /10\.0\.0\.7/);
    });
  }
});

Deno.test("a database that cannot serve now is a 503, by the class of its error", async (t) => {
  const states = ["08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55006", "55P03"];
  for (const code of [...states, "57014", "57P02", "58030", "EPIPE", "EAI_AGAIN"]) {
    await t.step(code, async () => {
      const { response } = await answerTo(Object.assign(new Error("x"), { code }));
      assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "5"]);
    });
  }
  await t.step("a pooler that lets nobody in", async () => {
    const error = Object.assign(new Error("x"), { code: "XX000", severity: "FATAL" });
    assert.equal((await answerTo(error)).response.status, 503);
  });
  await t.step("no answer", async () => {
    assert.equal((await answerTo(new DatabaseTimeout("x"))).response.status, 503);
  });
});

Deno.test("a Storage that is away is a 503 without its words", async () => {
  const { response, body, lines } = await answerTo(
    new StorageAway("Storage answers 502: 10.0.0.7"),
  );
  assert.deepEqual([response.status, response.headers.get("retry-after")], [503, "5"]);
  assert.ok(!JSON.stringify(body).includes("10.0.0.7"));
  assert.match(JSON.stringify(lines), /10\.0\.0\.7/);
});

Deno.test("every 503 says when to come back", async () => {
  const cases = [[{}, "5"], [{ retryAfterSeconds: 60 }, "60"]] as const;
  for (const [options, expected] of cases) {
    const { response } = await answerTo(new ApiError("unavailable", "Away", options));
    assert.equal(response.headers.get("retry-after"), expected);
  }
});

Deno.test("no other refusal says when to come back, unless it is told", async () => {
  for (const code of ["invalid_request", "unauthorized", "internal_error"] as const) {
    const { response } = await answerTo(new ApiError(code, "No"));
    assert.equal(response.headers.get("retry-after"), null);
  }
});

Deno.test("an error of the database that is no lost connection is a 500", async (t) => {
  for (const code of ["23505", "42501", "25001", "XX000", "ERANGE", 7, undefined]) {
    await t.step(String(code), async () => {
      const { response } = await answerTo(Object.assign(new Error("x"), { code }));
      assert.equal(response.status, 500);
    });
  }
});

Deno.test("a refusal is no error in the log", async () => {
  const { lines } = await answerTo(new ApiError("invalid_request", "n: Too big"));
  assert.deepEqual(
    lines.map(({ level }) => level),
    ["info"],
  );
});
