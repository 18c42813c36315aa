import assert from "node:assert/strict";
import { API_ERROR_STATUS } from "../../shared/contract/errors.ts";
import { errorBody } from "../../shared/contract/responses.ts";
import { stack } from "../support/stack.ts";
import type { HostileCase } from "./hostile_case.ts";

/** Sends a request and checks all of its refusal. */
export async function sendCase(hostile: HostileCase): Promise<void> {
  const { method = "POST", path, headers, body } = hostile;
  const response = await fetch(`${stack.functionsUrl}/${path}`, {
    method,
    headers,
    redirect: "manual",
    ...(body && { body: body() }),
  });
  checkRefusal(hostile, response, await response.text());
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
      /^(Missing or invalid (token(: .+; sign in again)?|API key|worker secret)|Access denied|Only operators may do this: .+)$/,
    );
  } else {
    assert.equal(body.request_id, headers.get("x-request-id"));
  }
}
