import assert from "node:assert/strict";
import { ProviderError, type ProviderErrorCode } from "./provider_error.ts";

Deno.test("an error that says no more asks for no delay and was surely not billed", () => {
  const { retryAfterSeconds, ambiguous, providerRequestId } = new ProviderError(
    "provider_unavailable",
    "words",
  );
  assert.deepEqual(
    { retryAfterSeconds, ambiguous, providerRequestId },
    { retryAfterSeconds: 0, ambiguous: false, providerRequestId: undefined },
  );
});

Deno.test("an error keeps its cause and its words", () => {
  const cause = new Error("inner");
  const error = new ProviderError("timeout", "words", { cause });
  assert.equal(error.message, "words");
  assert.equal(error.cause, cause);
});

Deno.test("a failure is worth another try unless its code says no, or it is final", () => {
  const retryable = (code: ProviderErrorCode, final?: boolean): boolean =>
    new ProviderError(code, "words", final === undefined ? {} : { final }).retryable;
  assert.deepEqual([retryable("timeout"), retryable("invalid_input")], [true, false]);
  assert.deepEqual([retryable("timeout", false), retryable("invalid_input", false)], [true, false]);
  assert.deepEqual([retryable("timeout", true), retryable("invalid_input", true)], [false, false]);
});
