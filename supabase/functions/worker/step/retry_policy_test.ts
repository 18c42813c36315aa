import assert from "node:assert/strict";
import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import { errorCodes } from "../../../../testing/steps.ts";
import { isWorthAnother, MAX_ATTEMPTS, retryDelaySeconds } from "./retry_policy.ts";

Deno.test("a task gets four attempts", () => assert.equal(MAX_ATTEMPTS, 4));

Deno.test("the delay grows with each failed attempt and stays within its jitter", async (t) => {
  const schedule = [
    { failed: 1, least: 3.75, middle: 5, most: 6.25 },
    { failed: 2, least: 11.25, middle: 15, most: 18.75 },
    { failed: 3, least: 33.75, middle: 45, most: 56.25 },
    { failed: 4, least: 90, middle: 120, most: 150 },
    { failed: 50, least: 90, middle: 120, most: 150 },
  ];
  for (const { failed, least, middle, most } of schedule) {
    await t.step(`after ${failed}: ${least} to ${most} seconds`, () => {
      const delays = [0, 0.5, 1].map((random) => retryDelaySeconds(failed, 0, random));
      assert.deepEqual(delays, [least, middle, most]);
    });
  }
});

Deno.test("the delay is never shorter than the provider asks for", () => {
  assert.equal(retryDelaySeconds(1, 60, 1), 60);
  assert.equal(retryDelaySeconds(1, 1, 0.5), 5);
  assert.equal(retryDelaySeconds(4, 600, 1), 600);
});

Deno.test("what may pass is tried again up to the fourth failure", () => {
  for (const code of errorCodes) {
    const failures = [1, 2, 3, 4, 5];
    const worth = failures.map((failed) =>
      isWorthAnother({ retryable: true, final: false, code }, failed, false)
    );
    assert.deepEqual(worth, [true, true, true, false, false], code);
  }
});

Deno.test("asking for accepted work has no such limit, but a result that is no result has", () => {
  for (const code of errorCodes) {
    const { retryable } = new ProviderError(code, "Words");
    const worth = [1, 3, 4, 1_000].map((failed) =>
      isWorthAnother({ retryable, final: false, code }, failed, true)
    );
    // What concerns the user's own content or input is not asked for again.
    const isOver = code === "content_refused" || code === "invalid_input";
    const isLimited = isOver || code === "invalid_result";
    assert.deepEqual(worth, [!isOver, !isOver, !isLimited, !isLimited], code);
  }
});

Deno.test("what will not pass is never tried again", () => {
  for (const code of errorCodes) {
    for (const isPoll of [true, false]) {
      assert.equal(isWorthAnother({ retryable: false, final: true, code }, 1, isPoll), false);
    }
  }
});
