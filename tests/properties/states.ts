import assert from "node:assert/strict";
import { isAhead, isFinal, isHeld, type Lane, type Snapshot, type Task } from "./snapshot.ts";
import type { World } from "./world.ts";

/** What must be true at any moment, whatever was done. */
export function checkState(snapshot: Snapshot, world: World): void {
  for (const task of snapshot.rows.tasks) {
    checkEnd(task);
    checkMessage(task, snapshot, world);
    checkAssets(task, snapshot);
    checkCalls(task, snapshot);
  }
  checkTurns(snapshot);
}

function checkEnd(task: Task): void {
  assert.equal(task.finished_at !== null, isFinal(task), "finished_at is set if it is final");
  assert.equal(task.status === "complete", task.asset_urls.length > 0, "complete has results");
  assert.equal(task.status === "failed", task.error_code !== null, "failed has a reason");
}

/** Accepted means that a message is there, unless the test took it away. */
function checkMessage(task: Task, { rows }: Snapshot, world: World): void {
  const own = rows.messages.filter(({ queue, msg_id }) =>
    queue === task.queue && msg_id === task.message_id
  );
  if (isFinal(task)) {
    assert.deepEqual(own, [], `${world.nameOf(task.id)} is final and has a message`);
    return;
  }
  const lane = task.provider;
  const queues = task.status === "pending" ? [lane, `${lane}_backlog`] : [lane];
  const expected = task.handle === null ? queues : [`${lane}_polls`];
  assert.ok(expected.includes(task.queue), `${world.nameOf(task.id)} is in ${task.queue}`);
  if (own.length === 0 && world.lost.has(task.id)) return;
  const tells = own.map(({ message }) => message);
  assert.deepEqual(tells, [{ task_id: task.id }], `the message of ${world.nameOf(task.id)}`);
  world.lost.delete(task.id);
}

function checkAssets(task: Task, { rows }: Snapshot): void {
  const assets = rows.assets.filter((asset) => asset.celery_task_id === task.id);
  const expected = Array.from({ length: task.result_count }, (_, result_index) => {
    const asset_url = task.asset_urls[result_index] ?? null;
    const isMissing = task.status === "complete" && asset_url === null;
    const status = isMissing ? "failed" : task.status;
    return { celery_task_id: task.id, result_index, status, asset_url };
  });
  assert.deepEqual(assets, expected, "the asset rows agree with their task");
}

function checkCalls(task: Task, { rows }: Snapshot): void {
  const calls = rows.calls.filter((call) => call.task_id === task.id);
  const count = (outcome: string | null): number =>
    calls.filter((call) => call.outcome === outcome).length;
  const lane = rows.lanes.find(({ provider }) => provider === task.provider);
  const allowed = (lane?.max_ambiguous_retries ?? 0) + 1;
  assert.ok(count(null) <= 1, "two calls of one task are open");
  assert.ok(count("ambiguous") <= allowed, `more than ${allowed} ambiguous calls of one task`);
  if (isFinal(task)) assert.equal(count(null), 0, "calls of a final task that are open");
}

/** Whoever waits in a lane has one task there whose turn it is. */
function checkTurns({ rows }: Snapshot): void {
  const pending = rows.tasks.filter(({ status }) => status === "pending");
  for (const { provider, user_id } of pending) {
    const turns = pending.filter((one) => one.user_id === user_id && one.queue === provider);
    assert.equal(turns.length, 1, "tasks of a waiting user whose turn it is");
  }
}

/** Tasks of a lane under way: with a worker, lost with it and not claimed since, or with the provider. */
export function inFlight(lane: Lane, snapshot: Snapshot): Task[] {
  return snapshot.rows.tasks.filter((task) =>
    task.provider === lane.provider && !isFinal(task) &&
    (task.handle !== null || task.lease_expires_at !== null)
  );
}

/** Tasks that find out whether the provider works again; what began before the pause finds out nothing. */
export function halfOpenTasksOf(lane: Lane, snapshot: Snapshot): Task[] {
  const since = Date.parse(lane.paused_until ?? "");
  return inFlight(lane, snapshot).filter((task) =>
    task.handle === null && isHeld(task, snapshot) &&
    snapshot.rows.calls.some((call) =>
      call.task_id === task.id && call.outcome === null && Date.parse(call.started_at) >= since
    )
  );
}

/** Results that were started within the last minute, for each call. */
export function resultsOfMinute(lane: Lane, { rows, at }: Snapshot): number[] {
  return rows.calls
    .filter(({ provider, started_at }) =>
      provider === lane.provider && Date.parse(started_at) + 60_000 > at
    )
    .map(({ result_count }) => result_count);
}

export function isPaused(lane: Lane, snapshot: Snapshot): boolean {
  return isAhead(lane.paused_until, snapshot);
}
