import assert from "node:assert/strict";
import {
  countedResults,
  inFlight,
  isClosed,
  isHeldBack,
  poolsOf,
  probesOf,
  sumOf,
} from "./capacity.ts";
import type { Given } from "./operations.ts";
import { isAhead, type Lane, type Snapshot, type Task, taskById } from "./snapshot.ts";

/** No limit of a lane, its pools or its users is passed by what was started. */
export function checkLimits(
  lane: Lane,
  starts: readonly Given[],
  before: Snapshot,
  after: Snapshot,
): void {
  if (starts.length === 0) return;
  const name = lane.provider;
  const tasks = starts.flatMap(({ id }) => taskById(before, id) ?? []);
  assert.ok(!isClosed(lane, before), `${name} rests and started something`);
  const calls = inFlight(after, name).length;
  assert.ok(calls <= lane.max_in_flight, `${name} has ${calls} in flight`);
  checkResults(lane, after);
  checkPools(lane, tasks, before, after);
  checkUsers(lane, tasks, before);
  if (lane.paused_until === null) return;
  assert.deepEqual(
    [starts.length, probesOf(lane, after).length],
    [1, 1],
    `${name} probes with one at a time`,
  );
}

function checkResults({ provider, results_per_minute }: Lane, after: Snapshot): void {
  const counted = countedResults(provider, after);
  const sum = sumOf(counted);
  assert.ok(
    results_per_minute === null || sum <= results_per_minute || counted.length === 1,
    `${provider} started ${sum} in a minute`,
  );
}

function checkPools(
  { provider }: Lane,
  tasks: readonly Task[],
  before: Snapshot,
  after: Snapshot,
): void {
  for (const pool of poolsOf(provider, after)) {
    if (!tasks.some((task) => task.pool === pool.name)) continue;
    const name = `${provider}/${pool.name}`;
    assert.ok(!isAhead(pool.rate_limited_until, before), `${name} rests and started something`);
    const calls = inFlight(after, provider, pool.name).length;
    assert.ok(calls <= pool.max_in_flight, `${name} has ${calls} in flight`);
  }
}

/** Nothing of a paused user is started, and one at a time of one who was. */
function checkUsers({ provider }: Lane, tasks: readonly Task[], before: Snapshot): void {
  const failing = before.rows.failing.filter((one) => one.provider === provider);
  for (const { user_id, paused_until } of failing) {
    const started = tasks.filter((task) => task.user_id === user_id);
    if (started.length === 0 || paused_until === null) continue;
    assert.ok(!isAhead(paused_until, before), "a paused user has started something");
    // What was under way when its worker was lost is the one that is tried.
    const isTried = started.every(({ claims_without_outcome }) => claims_without_outcome === 0);
    if (!isTried) continue;
    assert.ok(!isHeldBack(user_id, provider, before), "a user who is tried has started another");
    assert.equal(started.length, 1, "a user is tried with one task");
  }
}
