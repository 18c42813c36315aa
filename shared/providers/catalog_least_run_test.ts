import assert from "node:assert/strict";
import { providerIds, providers } from "./catalog.ts";

Deno.test("no start takes no time at all, and none as long as its call may take at most", async (t) => {
  for (const id of providerIds) {
    for (const { operation, leastRunSeconds, maxCallSeconds } of providers[id].operations) {
      await t.step(`${operation} by ${id}`, () => {
        assert.ok(Number.isInteger(leastRunSeconds));
        // A task that could still be in time must not be ended.
        assert.ok(leastRunSeconds > 0 && leastRunSeconds < maxCallSeconds, String(leastRunSeconds));
      });
    }
  }
});
