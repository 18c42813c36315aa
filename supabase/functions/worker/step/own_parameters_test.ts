import assert from "node:assert/strict";
import { aClaim } from "../../../../testing/claims.ts";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { createOwnParameters } from "./own_parameters.ts";

const refine = aClaim({
  provider: "tripo",
  operation: "refine-model",
  parameters: { prompt: "older", draft_model_task_id: "draft-1" },
});

Deno.test("a task that is not the user's does not reach the provider", async () => {
  const own = createOwnParameters((user) => Promise.resolve(user === refine.userId));
  assert.deepEqual(await own(refine), refine.parameters);
  assert.deepEqual(await own({ ...refine, userId: "somebody-else" }), { prompt: "older" });
});

Deno.test("what cannot be told now is tried again, and the provider was not asked", async () => {
  const own = createOwnParameters(() => Promise.reject(new Error("Away")));
  await assert.rejects(own(refine), (error) => {
    assert.ok(error instanceof ProviderError);
    const { code, retryable, ambiguous } = error;
    assert.deepEqual([code, retryable, ambiguous], ["storage_failed", true, false]);
    return true;
  });
});
