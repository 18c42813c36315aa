import assert from "node:assert/strict";
import { RefusedError } from "@makeit3d/client";
import { accountProblem, authProblem } from "./sign_in.ts";

const SETTINGS = { url: "https://ref.example" };

function refused(status: number, code: string, message: string): RefusedError {
  return new RefusedError({
    status,
    code,
    message,
    requestId: undefined,
    retryAfterSeconds: undefined,
  });
}

Deno.test("a gateway that does not know the publishable key is told from a wrong password", () => {
  const key = authProblem({ status: 401, message: "Invalid API key" }, SETTINGS);
  assert.equal(key.field, "publishable_key");
  assert.match(key.message, /^Publishable key: /);
  const password = authProblem({ status: 400, message: "Invalid login credentials" }, SETTINGS);
  assert.deepEqual(password, { message: "Invalid login credentials" });
});

Deno.test("without an answer it is the address that is named", () => {
  const problem = authProblem({ status: 0, message: "Failed to fetch" }, SETTINGS);
  assert.equal(problem.message, "https://ref.example does not answer: Failed to fetch");
});

Deno.test("the backend's refusal of the key names its field; any other stays as it is", () => {
  const key = accountProblem(refused(401, "unauthorized", "Missing or invalid API key"));
  assert.equal(key.field, "api_key");
  assert.match(key.message, /^API key of the app: /);
  for (
    const error of [
      refused(401, "unauthorized", "Missing or invalid token"),
      refused(503, "unavailable", "Come back later"),
    ]
  ) assert.deepEqual(accountProblem(error), { message: error.message });
});
