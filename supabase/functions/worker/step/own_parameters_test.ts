import assert from "node:assert/strict";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { aClaim } from "../../../../testing/claims.ts";
import { ownParameters } from "./own_parameters.ts";

const refine = aClaim({
  provider: "tripo",
  operation: "refine-model",
  parameters: {
    input_model_asset_url: "https://project.example/model.glb",
    prompt: "older",
    draft_model_task_id: "draft-1",
  },
});

Deno.test("a task that is not the user's does not reach the provider", async () => {
  const tasks = {
    ownsProviderTask: (user: string) => Promise.resolve(user === refine.userId),
  };
  assert.deepEqual(await ownParameters(tasks, refine), refine.parameters);
  assert.deepEqual(await ownParameters(tasks, { ...refine, userId: "somebody-else" }), {
    input_model_asset_url: "https://project.example/model.glb",
    prompt: "older",
  });
});

Deno.test("a draft that was deleted since, and without which nothing is left to do, ends the task", async () => {
  const tasks = { ownsProviderTask: () => Promise.resolve(false) };
  const { prompt: _, ...withoutPrompt } = Object(refine.parameters);
  await assert.rejects(ownParameters(tasks, { ...refine, parameters: withoutPrompt }), (error) => {
    assert.ok(error instanceof ProviderError);
    const { code, retryable, ambiguous } = error;
    assert.deepEqual([code, retryable, ambiguous], ["invalid_input", false, false]);
    return true;
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
