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
