import assert from "node:assert/strict";
import { type Counted, countedResults, waitingIn } from "./capacity.ts";
import type { Given } from "./operations.ts";
import { type Lane, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;

/**
 * When each of these tasks starts, one after the other, if nothing but the limit of results holds them
 * up. More than a minute allows waits for a quiet one.
 */
export function startOf(
  tasks: readonly Task[],
  counted: readonly Counted[],
  allowed: number,
  now: number,
): number[] {
  const window = [...counted];
  const starts: number[] = [];
  let from = now;
  for (const { result_count: results } of tasks) {
    const fits = (moment: number): boolean => {
      const used = window.filter(({ until }) => until > moment)
        .reduce((sum, one) => sum + one.results, 0);
      return used + Math.min(results, allowed) <= allowed;
    };
    const moments = [from, ...window.map(({ until }) => until).filter((until) => until > from)];
    const start = moments.sort((left, right) => left - right).find(fits);
    assert.ok(start !== undefined, "a window that never ends");
    starts.push(start);
    window.push({ results, until: start + MINUTE });
    from = start;
  }
  return starts;
}

/** Whoever needs more than is left of a minute starts no later because smaller ones have passed. */
export function checkPassing(
  lane: Lane,
  starts: readonly Given[],
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const allowed = lane.results_per_minute;
  if (allowed === null) return;
  const counted = countedResults(lane.provider, after);
  const started = starts.flatMap(({ id }) => taskById(before, id) ?? []);
  for (const pool of new Set(started.map((task) => task.pool))) {
    const waited = new Set(waitingIn(lane.provider, pool, before).map(({ id }) => id));
    const [larger] = waitingIn(lane.provider, pool, after).filter(({ id }) => waited.has(id));
    if (!larger) continue;
    const passers = started.filter((task) =>
      waited.has(task.id) && task.pool === pool && isBefore(larger, task)
    );
    const theirs = newCallsOf(passers, before, after);
    const others = counted.filter(({ callId }) => callId === undefined || !theirs.has(callId));
    assert.deepEqual(
      startOf([larger], counted, allowed, after.at),
      startOf([larger], others, allowed, after.at),
      `${world.nameOf(larger.id)} starts later for who has passed it`,
    );
  }
}

function newCallsOf(tasks: readonly Task[], before: Snapshot, after: Snapshot): Set<number> {
  const ids = new Set(tasks.map(({ id }) => id));
  const known = new Set(before.rows.calls.map(({ id }) => id));
  const calls = after.rows.calls.filter(({ id, task_id }) =>
    !known.has(id) && task_id !== null && ids.has(task_id)
  );
  return new Set(calls.map(({ id }) => id));
}

export function isBefore(left: Task, right: Task): boolean {
  return left.turn < right.turn ||
    (left.turn === right.turn && Number(left.message_id) < Number(right.message_id));
}
