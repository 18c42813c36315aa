import assert from "node:assert/strict";
import { API_ERROR_STATUS } from "../../shared/contract/errors.ts";
import { errorBody } from "../../shared/contract/responses.ts";
import { stack } from "../support/stack.ts";
import type { HostileCase } from "./hostile_case.ts";

/** A refusal costs the caller's time, not ours. */
export const MOST_MILLISECONDS = 100;
/** The machine may be busy with something else; three times in a row it is not. */
const TRIES = 3;

/** Sends a request, checks all of its refusal, and returns how long the fastest try took. */
export async function sendCase(hostile: HostileCase): Promise<number> {
  let fastest = Infinity;
  for (let tries = 0; tries < TRIES && fastest >= MOST_MILLISECONDS; tries++) {
    fastest = Math.min(fastest, await sendOnce(hostile));
  }
  return fastest;
}

async function sendOnce(hostile: HostileCase): Promise<number> {
  const { method = "POST", path, headers, body } = hostile;
  const start = performance.now();
  const response = await fetch(`${stack.functionsUrl}/${path}`, {
    method,
    headers,
    redirect: "manual",
    ...(body && { body: body() }),
  });
  const text = await response.text();
  const milliseconds = performance.now() - start;
  checkRefusal(hostile, response, text);
  return milliseconds;
}

function checkRefusal(
  { error, words }: HostileCase,
  { status, headers }: Response,
  text: string,
): void {
  assert.equal(status, API_ERROR_STATUS[error], text);
  assert.equal(headers.get("content-type"), "application/json");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual(headers.getSetCookie(), []);
  // What is sent is not sent back in bulk.
  assert.ok(text.length < 10_000, `${text.length} characters`);

  const body = errorBody.strict().parse(JSON.parse(text));
  assert.equal(body.error, error);
  if (words) assert.match(body.message, words);
  if (status === 401 || status === 403) {
    // In the very words of the API guide.
    assert.deepEqual(Object.keys(body), ["error", "message"]);
    assert.match(
      body.message,
      /^(Missing or invalid (token|API key|worker secret)|Access denied)$/,
    );
  } else {
    assert.equal(body.request_id, headers.get("x-request-id"));
  }
}
