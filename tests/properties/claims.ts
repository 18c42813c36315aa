import assert from "node:assert/strict";
import type { Given } from "./operations.ts";
import {
  isAhead,
  isFinal,
  isHeld,
  type Lane,
  type Snapshot,
  type Task,
  taskById,
} from "./snapshot.ts";
import { halfOpenTasksOf, inFlight, isPaused, resultsOfMinute } from "./states.ts";
import type { World } from "./world.ts";

/** Looks for work until it is enough, or there is no more. */
export interface ClaimCall {
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
  assert.ok(given.length <= limit, "more than was asked for");
  assert.equal(new Set(given.map(({ id }) => id)).size, given.length, "a task was given twice");
  for (const one of given) checkGiven(one, before, after, world);
  checkNewCalls(given, before, after);
  checkLostCalls(before, after);
  for (const lane of after.rows.lanes) {
    const starts = given.filter((one) => one.lane === lane.provider && one.handle === null);
    if (starts.length > 0) checkLimits(lane, starts.length, before, after);
    if (given.length < limit) checkNothingOverlooked(lane, after, world);
  }
}

function checkGiven(given: Given, before: Snapshot, after: Snapshot, world: World): void {
  const name = world.nameOf(given.id);
  const then = taskById(before, given.id);
  const now = taskById(after, given.id);
  assert.ok(then && now, "a task that was not there");
  assert.ok(!isHeld(then, before), `${name} is another worker's`);
  assert.ok(!isFinal(then), `${name} is final`);
  assert.ok(isAhead(then.deadline_at, after), `${name} is past its deadline`);
  assert.equal(now.claimed_alone, then.claims_without_outcome > 0, `${name}: lost, so alone`);
  assert.ok(then.handle !== null || now.losses_alone < 3, `${name} was the end of three workers`);
  assert.equal(given.lease, then.lease + 1);
  assert.deepEqual([now.status, isHeld(now, after)], ["processing", true]);
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
  const added = after.rows.calls.slice(before.rows.calls.length);
  assert.deepEqual(
    added.map(({ task_id, attempt, outcome }) => ({ task_id, attempt, outcome })),
    given
      .filter(({ handle }) => handle === null)
      .map(({ id, lease }) => ({ task_id: id, attempt: lease, outcome: null })),
    "the calls of these claims",
  );
  for (const { task_id, result_count } of added) {
    assert.equal(result_count, taskById(after, task_id ?? "")?.result_count);
  }
}

function checkLimits(lane: Lane, starts: number, before: Snapshot, after: Snapshot): void {
  const name = lane.provider;
  assert.ok(!isPaused(lane, before), `${name} is paused and started something`);
  const flying = inFlight(lane, after);
  assert.ok(flying.length <= lane.max_in_flight, `${name} has ${flying.length} in flight`);
  const counts = resultsOfMinute(lane, after);
  const sum = counts.reduce((left, right) => left + right, 0);
  assert.ok(
    lane.results_per_minute === null || sum <= lane.results_per_minute || counts.length === 1,
    `${name} started ${sum} in a minute`,
  );
  if (lane.paused_until === null) return;
  assert.deepEqual(
    [starts, halfOpenTasksOf(lane, after).length],
    [1, 1],
    `${name} probes with one at a time`,
  );
}

/** What a lane lets through is given: another lane, or what is held back, is in nobody's way. */
function checkNothingOverlooked(lane: Lane, after: Snapshot, world: World): void {
  const lost = after.rows.tasks.find((task) =>
    task.provider === lane.provider && task.handle !== null && task.losses_alone < 2 &&
    !isFinal(task) && task.lease_expires_at !== null && !isHeld(task, after)
  );
  assert.equal(lost && world.nameOf(lost.id), undefined, "accepted work that was lost");
  const poll = firstIdle(`${lane.provider}_polls`, after);
  assert.equal(poll && world.nameOf(poll.id), undefined, "a poll that was due");
  const start = firstIdle(lane.provider, after);
  if (!start || isPaused(lane, after)) return;

  const flying = inFlight(lane, after);
  if (flying.length >= lane.max_in_flight) return;
  if (lane.paused_until !== null && halfOpenTasksOf(lane, after).length > 0) return;
  const allowed = lane.results_per_minute ?? Infinity;
  const left = allowed - resultsOfMinute(lane, after).reduce((sum, count) => sum + count, 0);
  if (left <= 0 || (start.result_count > left && left < allowed)) return;
  assert.fail(`${world.nameOf(start.id)} might have started`);
}

/** The first task of a queue that could be given now. */
function firstIdle(queue: string, snapshot: Snapshot): Task | undefined {
  return snapshot.rows.messages
    .filter((message) => message.queue === queue && !isAhead(message.vt, snapshot))
    .flatMap(({ msg_id }) =>
      snapshot.rows.tasks.find((task) => task.queue === queue && task.message_id === msg_id) ?? []
    )
    .find((task) => !isFinal(task) && !isHeld(task, snapshot));
}
