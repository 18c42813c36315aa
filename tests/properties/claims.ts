import assert from "node:assert/strict";
import { checkLimits } from "./limits.ts";
import type { Given, Room } from "./operations.ts";
import { checkNothingOverlooked } from "./overlooked.ts";
import { checkPassing } from "./passing.ts";
import { isAhead, isFinal, isHeld, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

/** Looks for work until it is enough, or there is no more. */
export interface ClaimCall extends Room {
  readonly given: readonly Given[];
  readonly limit: number;
}

export function checkClaims(
  look: ClaimCall,
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const { given, limit } = look;
  const polls = given.filter(({ handle }) => handle !== null).length;
  assert.ok(Math.max(polls, given.length - polls) <= limit, "more than was asked for");
  assert.equal(new Set(given.map(({ id }) => id)).size, given.length, "a task was given twice");
  for (const one of given) checkGiven(one, look, before, after, world);
  checkNewCalls(given, before, after);
  checkLostCalls(before, after);
  checkGivenUp(before, after, world);
  for (const lane of after.rows.lanes) {
    checkLimits(lane, startsIn(lane.provider, given), before, after);
    checkPassing(lane, startsIn(lane.provider, given), before, after, world);
    if (given.length < limit) checkNothingOverlooked(lane, look, before, after, world);
  }
}

/** What was given of a lane to be started, in this order. */
function startsIn(lane: string, given: readonly Given[]): Given[] {
  return given.filter((one) => one.lane === lane && one.handle === null);
}

/** How much time is left, in seconds. */
function timeLeft({ deadline_at }: Task, { at }: Snapshot): number {
  return (Date.parse(deadline_at) - at) / 1000;
}

function checkGiven(
  given: Given,
  { lifeSeconds }: ClaimCall,
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const name = world.nameOf(given.id);
  const then = taskById(before, given.id);
  const now = taskById(after, given.id);
  assert.ok(then && now, "a task that was not there");
  assert.ok(!isHeld(then, before), `${name} is another worker's`);
  const wasLost = then.claims_without_outcome > 0;
  assert.equal(now.claimed_alone, wasLost, `${name}: lost, so alone`);
  assert.equal(given.lease, then.lease + 1);
  assert.ok(isHeld(now, after), `${name} is held`);
  if (isFinal(now)) {
    assert.ok(now.winds_down && then.handle !== null, `${name} is final`);
    return;
  }
  assert.equal(now.status, "processing");
  assert.ok(isAhead(now.deadline_at, after), `${name} is past its deadline`);
  if (then.handle !== null) return;
  assert.ok(now.losses_alone < 3, `${name} was the end of three workers`);
  assert.ok(now.max_call_seconds <= (lifeSeconds ?? Infinity), `${name} outlives its worker`);
  assert.ok(timeLeft(now, after) >= now.least_run_seconds, `${name} has too little time left`);
}

/** Only what was called for may have been billed. */
function checkLostCalls(before: Snapshot, after: Snapshot): void {
  for (const { id, sent_at } of before.rows.calls.filter(({ outcome }) => outcome === null)) {
    const now = after.rows.calls.find((call) => call.id === id)?.outcome ?? null;
    const known = sent_at === null ? "failed" : "ambiguous";
    if (now !== null) assert.equal(now, known, "the outcome of a lost call");
  }
}

/** A claim without a handle is a call in the ledger; nothing else is. */
function checkNewCalls(given: readonly Given[], before: Snapshot, after: Snapshot): void {
  const known = new Set(before.rows.calls.map(({ id }) => id));
  const added = after.rows.calls.filter(({ id }) => !known.has(id));
  assert.deepEqual(
    added.map(({ task_id, attempt, outcome }) => `${task_id} ${attempt} ${outcome}`).sort(),
    given
      .filter(({ handle }) => handle === null)
      .map(({ id, lease }) => `${id} ${lease} null`)
      .sort(),
    "the calls of these claims",
  );
  for (const { task_id, result_count, pool } of added) {
    const task = taskById(after, task_id ?? "");
    assert.deepEqual([result_count, pool], [task?.result_count, task?.pool]);
  }
}

/** What it needs at least; at most half of its time, if others have taken as long. In seconds. */
function mostNeeded(task: Task, { rows }: Snapshot): number {
  const half = (Date.parse(task.deadline_at) - Date.parse(task.created_at)) / 2000;
  const hasRuns = rows.calls.some(({ provider, pool, outcome }) =>
    provider === task.provider && pool === task.pool && outcome === "succeeded"
  );
  return Math.max(task.least_run_seconds, hasRuns ? half : 0);
}

/** What waited and ended was overdue, or had too little time left. Nobody was asked for it. */
function checkGivenUp(before: Snapshot, after: Snapshot, world: World): void {
  for (const then of before.rows.tasks) {
    const now = taskById(after, then.id);
    if (isFinal(then) || !now || !isFinal(now)) continue;
    const name = world.nameOf(then.id);
    assert.ok(!isHeld(then, before), `${name} was ended in the hands of its worker`);
    if (then.claims_without_outcome > 0) continue;
    assert.deepEqual([now.status, now.error_code], ["failed", "timeout"], `${name} has ended`);
    assert.equal(now.winds_down, then.handle !== null, `${name}: what was accepted winds down`);
    const needed = then.handle === null ? mostNeeded(then, before) : 0;
    assert.ok(timeLeft(now, after) <= needed, `${name} had time left`);
  }
}
