import assert from "node:assert/strict";
import { aFailure } from "../../testing/steps.ts";
import { redactShapes } from "../redact.ts";
import { settlementOf } from "./settlement.ts";
import type { Failure } from "./task.ts";

/** What the database is told of a failure. */
function told(changes: Partial<Failure>): Readonly<Record<string, unknown>> {
  return Object(settlementOf(aFailure(changes), redactShapes));
}

Deno.test("a failure tells whether we ended the step ourselves", () => {
  assert.equal(told({ isOwnCut: true })["is_own_cut"], true);
  assert.equal(told({})["is_own_cut"], false);
});

Deno.test("a failure tells how much of the lane the provider has too much of", () => {
  assert.equal(told({ pauseScope: "pool" })["pause_scope"], "pool");
  assert.equal(told({})["pause_scope"], "lane");
});

Deno.test("a call tells what the service said of its window of results", () => {
  const entry = (call: Failure["call"]): unknown => Object(told({ call })["call"])["rate_limit"];
  const rateLimit = { limit: 20, remaining: 7, resetSeconds: 1.5 };
  assert.deepEqual(entry({ rateLimit }), { limit: 20, remaining: 7, reset_seconds: 1.5 });
  assert.deepEqual(entry({ rateLimit: { limit: 20 } }), {
    limit: 20,
    remaining: null,
    reset_seconds: null,
  });
  assert.equal(entry({ rateLimit: { limit: 1e12 } }), null);
  assert.equal(entry({}), null);
});
