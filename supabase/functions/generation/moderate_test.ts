import assert from "node:assert/strict";
import { ApiError } from "../../../shared/contract/errors.ts";
import type { Submission, Submitter } from "../../../shared/tasks/submits.ts";
import { createModerate } from "./moderate.ts";

const replay: Submission = {
  id: "11111111-1111-4111-8111-111111111111",
  status: "pending",
  replayed: true,
  conflicts: [],
  wake: false,
};

const ann: Submitter = {
  userId: "ann",
  plan: "free",
  apiKeyId: "key",
  requestId: "request",
  inputs: [],
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
      dryRun: (_, submitter) => {
        assert.equal(submitter, ann);
        return limit ? Promise.reject(limit) : Promise.resolve({ replay, expectedStartSeconds: 0 });
      },
      countRefusal: (userId) => Promise.resolve(void counted.push(userId)),
    },
  });
  const outcome = await run(Object({ command: {} }), ann)
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

Deno.test("a replay, and what would be refused anyway, cost no question", async () => {
  assert.deepEqual(await moderate({ replay, rating: new ApiError("content_refused", "x") }), {
    outcome: replay.id,
    checked: [],
    counted: [],
  });
  for (
    const code of ["rate_limited", "quota_exceeded", "invalid_request", "unavailable"] as const
  ) {
    assert.deepEqual(await moderate({ limit: new ApiError(code, "x") }), {
      outcome: code,
      checked: [],
      counted: [],
    });
  }
});
