import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { Submission } from "../../../shared/tasks/caller_tasks.ts";
import { createModerate } from "./moderate.ts";

const replay: Submission = {
  id: "11111111-1111-4111-8111-111111111111",
  status: "pending",
  replayed: true,
  conflicts: [],
  wake: false,
};

interface Case {
  readonly replay?: Submission;
  readonly limit?: ApiError;
  readonly rating?: Error;
}

/** What came of a request, and what was asked and counted. */
async function moderate({ replay, limit, rating }: Case): Promise<unknown> {
  const counted: string[] = [];
  const checked: string[] = [];
  const run = createModerate({
    moderation: {
      check: (_, userId) => {
        checked.push(userId);
        return rating ? Promise.reject(rating) : Promise.resolve();
      },
    },
    tasks: {
      findReplay: () => Promise.resolve(replay),
      checkLimits: () => limit ? Promise.reject(limit) : Promise.resolve(),
      countRefusal: (userId) => Promise.resolve(void counted.push(userId)),
    },
  });
  const outcome = await run(Object({ command: {} }), { userId: "ann", apiKeyId: "key" })
    .then((submission) => submission?.id ?? "accepted", (error) => error.code ?? String(error));
  return { outcome, checked, counted };
}

Deno.test("who may ask is checked, and only a refusal of the content counts", async () => {
  assert.deepEqual(await moderate({}), { outcome: "accepted", checked: ["ann"], counted: [] });
  assert.deepEqual(await moderate({ rating: new ApiError("content_refused", "x") }), {
    outcome: "content_refused",
    checked: ["ann"],
    counted: ["ann"],
  });
  for (const code of ["unavailable", "invalid_asset"] as const) {
    assert.deepEqual(await moderate({ rating: new ApiError(code, "x") }), {
      outcome: code,
      checked: ["ann"],
      counted: [],
    });
  }
});

Deno.test("a replay and a user at a limit cost no question", async () => {
  assert.deepEqual(await moderate({ replay, rating: new ApiError("content_refused", "x") }), {
    outcome: replay.id,
    checked: [],
    counted: [],
  });
  assert.deepEqual(await moderate({ limit: new ApiError("rate_limited", "x") }), {
    outcome: "rate_limited",
    checked: [],
    counted: [],
  });
});
