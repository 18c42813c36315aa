import assert from "node:assert/strict";
import { providerIds, providers } from "./catalog.ts";

Deno.test("no start needs less than some seconds, and none more than its results have been seen in", async (t) => {
  for (const id of providerIds) {
    for (const { operation, leastRunSeconds } of providers[id].operations) {
      await t.step(`${operation} by ${id}`, () => {
        assert.ok(Number.isInteger(leastRunSeconds));
        // A task that could still be in time must not be ended.
        assert.ok(leastRunSeconds >= 3 && leastRunSeconds <= 20, String(leastRunSeconds));
      });
    }
  }
});
