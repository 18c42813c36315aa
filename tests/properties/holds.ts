import assert from "node:assert/strict";
import type { Given } from "./operations.ts";
import { isFinal, type Task } from "./snapshot.ts";

/** A task in the hands of a worker: from when, and until when at the latest, in order of events. */
export interface Hold extends Given {
  readonly from: number;
  until: number;
  /** Whether something else than its worker ended it: that has begun, or is done. */
  taken: "no" | "perhaps" | "surely";
}

/** Nobody had what somebody else had. */
export function checkHolds(holds: readonly Hold[]): void {
  for (const hold of holds) {
    const later = holds.filter(({ id, lease }) => id === hold.id && lease > hold.lease);
    const same = holds.filter(({ id, lease }) => id === hold.id && lease === hold.lease);
    assert.equal(same.length, 1, "workers that were given one lease");
    for (const { from } of later) {
      assert.ok(hold.until < from, "two workers had one task at the same time");
    }
  }
}

/** Every end that somebody was told of was the last. */
export function checkEnds(tasks: readonly Task[], ends: ReadonlyMap<string, string>): void {
  for (const task of tasks) {
    const end = ends.get(task.id);
    if (end) assert.equal(task.status, end);
    // Deadlines, lost workers and ambiguous calls end tasks without a word to anybody.
    else if (isFinal(task)) assert.equal(task.status, "failed", "an end nobody was told of");
  }
}
