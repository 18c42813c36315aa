import assert from "node:assert/strict";
import { retryDelaySeconds } from "./retry_delay.ts";

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
