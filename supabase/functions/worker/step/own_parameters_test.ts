import assert from "node:assert/strict";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { ownParameters } from "./own_parameters.ts";

const refine = aClaim({
  provider: "tripo",
  operation: "refine-model",
  parameters: { prompt: "older", draft_model_task_id: "draft-1" },
});

Deno.test("a task that is not the user's does not reach the provider", async () => {
  const tasks = {
    ownsProviderTask: (user: string) => Promise.resolve(user === refine.userId),
  };
  assert.deepEqual(await ownParameters(tasks, refine), refine.parameters);
  assert.deepEqual(await ownParameters(tasks, { ...refine, userId: "somebody-else" }), {
    prompt: "older",
  });
});

Deno.test("what cannot be told now is tried again, and the provider was not asked", async () => {
  const tasks = { ownsProviderTask: () => Promise.reject(new Error("Away")) };
  await assert.rejects(ownParameters(tasks, refine), (error) => {
    assert.ok(error instanceof ProviderError);
    const { code, retryable, ambiguous } = error;
    assert.deepEqual([code, retryable, ambiguous], ["storage_failed", true, false]);
    return true;
  });
});
