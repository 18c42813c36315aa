import assert from "node:assert/strict";
import { bookedCost, checkHidden, checkHold, lastCall, openCalls } from "./settlements.ts";
import { GOING_ON, type Settlement } from "./settle.ts";
import { type Snapshot, type Task, taskById } from "./snapshot.ts";

/**
 * What must have come of a settlement of work that nobody waits for any more. That its task keeps its
 * end is a rule for every step.
 */
export function checkWindingDown(
  then: Task,
  settlement: Settlement,
  before: Snapshot,
  after: Snapshot,
): void {
  const now = taskById(after, then.id);
  if (then.is_purged && !GOING_ON.includes(settlement.kind) && !goesOn(then, settlement)) {
    assert.equal(now, undefined, "what was purged is gone when its provider has ended it");
    const id = lastCall(then, before)?.id;
    const call = after.rows.calls.find((one) => one.id === id);
    if (settlement.kind === "complete") {
      assert.deepEqual(
        [call?.outcome, call?.cost_usd],
        ["succeeded", bookedCost(then, settlement, before)],
        "it is booked",
      );
    }
    return;
  }
  assert.ok(now);
  if (GOING_ON.includes(settlement.kind)) {
    assert.ok(now.winds_down, "it is still worked on");
    return;
  }
  checkHold(then, now, settlement, after);
  assert.equal(now.winds_down, goesOn(then, settlement), "as long as the provider is at it");
  if (now.winds_down) {
    assert.equal(openCalls(now, after).length, 1, "its call stays open");
    checkHidden(now, settlement, after);
    return;
  }
  const { outcome, cost_usd } = lastCall(now, after) ?? {};
  if (settlement.kind === "complete") {
    assert.deepEqual([outcome, cost_usd], ["succeeded", bookedCost(then, settlement, before)]);
  } else assert.notEqual(outcome, "succeeded");
}

/** Whether the provider may still be at it, and can be asked. */
function goesOn({ handle }: Task, settlement: Settlement): boolean {
  if (settlement.kind === "snooze") return true;
  if (settlement.kind === "release") return handle !== null;
  if (settlement.kind !== "failure" || handle === null) return false;
  return !settlement.isFinal && !["content_refused", "invalid_input"].includes(settlement.code);
}
