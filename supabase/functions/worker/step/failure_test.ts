import assert from "node:assert/strict";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Failure } from "../../../../shared/tasks/task.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { aFailure, impossible } from "../../../../testing/steps.ts";
import { failureOf } from "./failure.ts";

const goesOn = new AbortController().signal;
const ended = AbortSignal.abort();

function reported(error: unknown, signal: AbortSignal = goesOn): Failure {
  return failureOf(error, aClaim(), signal, () => 0.5);
}

Deno.test("a call that we ended is no failure of the provider", () => {
  const error = new ProviderError("timeout", "Words", { ambiguous: true, ownCut: true });
  assert.deepEqual(
    reported(error, ended),
    aFailure({ errorCode: "timeout", isRetryable: true, isAmbiguous: true, isOwnCut: true }),
  );
});

Deno.test("what broke off because we ended the step is no mistake of ours", () => {
  assert.deepEqual(reported(new Error("Away")), { ...impossible("Away"), isAmbiguous: true });
  assert.deepEqual(
    reported(new Error("Away"), ended),
    aFailure({
      errorCode: "timeout",
      detail: "Ended by its deadline or a lost lease: Away",
      isRetryable: true,
      isAmbiguous: true,
      isOwnCut: true,
    }),
  );
});

Deno.test("what the provider had said before is its own failure", () => {
  const error = new ProviderError("provider_unavailable", "Words");
  assert.deepEqual(reported(error, ended), aFailure({ isRetryable: true }));
});

Deno.test("a refusal tells how far it reaches, and what the provider said of its window", () => {
  const rateLimit = { limit: 5, remaining: 0, resetSeconds: 12 };
  const options = { pauseScope: "pool", rateLimit } as const;
  assert.deepEqual(
    reported(new ProviderError("provider_rate_limited", "Words", options)),
    aFailure({
      errorCode: "provider_rate_limited",
      isRetryable: true,
      pauseScope: "pool",
      call: { rateLimit },
    }),
  );
});
