import assert from "node:assert/strict";
import { ProviderError, type ProviderErrorCode } from "../shared/providers/provider_error.ts";

/** What is decided by a failure. */
export type Facts = readonly [
  code: ProviderErrorCode,
  retryable: boolean,
  retryAfterSeconds: number,
  ambiguous: boolean,
];

/** The ProviderError in which a call ends. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof ProviderError, String(error));
    return error;
  }
  assert.fail("The call succeeded");
}

export async function factsOf(call: Promise<unknown>): Promise<Facts> {
  const { code, retryable, retryAfterSeconds, ambiguous } = await failureOf(call);
  return [code, retryable, retryAfterSeconds, ambiguous];
}
