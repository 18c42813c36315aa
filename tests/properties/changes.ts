import assert from "node:assert/strict";
import { isAhead, isFinal, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

const ORDER = ["pending", "processing", "complete", "failed", "canceled"];

/** What no step may do, and what only some steps may. */
export interface Permission {
  /** It claims tasks. */
  readonly mayStart?: true;
  readonly mayChangePauses?: true;
}

export function checkChange(
  before: Snapshot,
  after: Snapshot,
  world: World,
  { mayStart, mayChangePauses }: Permission,
): void {
  for (const then of before.rows.tasks) {
    const now = taskById(after, then.id);
    if (now) checkTask(then, now, mayStart ?? false);
  }
  if (!mayStart) {
    assert.equal(after.rows.calls.length, before.rows.calls.length, "a call without a claim");
  }
  checkLedger(before, after);
  checkGoneMessages(before, after, world);
  if (!mayChangePauses) checkPauses(before, after);
}

function checkTask(then: Task, now: Task, mayStart: boolean): void {
  if (isFinal(then)) assert.deepEqual(endOf(now), endOf(then), "what is final stays");
  assert.ok(ORDER.indexOf(now.status) >= ORDER.indexOf(then.status), "back to pending");
  if (then.handle !== null) assert.equal(now.handle, then.handle, "a handle is kept");
  if (!mayStart) {
    assert.equal(now.lease, then.lease, "a lease without a claim");
    assert.ok(then.status === now.status || isFinal(now), "a start without a claim");
  }
}

/** All of a final task but its times, which the test moves. */
function endOf(task: Task): unknown {
  const { status, asset_urls, error_code, lease, handle, queue, message_id } = task;
  return { status, asset_urls, error_code, lease, handle, queue, message_id };
}

/** The ledger is only ever added to, and what has an outcome keeps it. */
function checkLedger(before: Snapshot, after: Snapshot): void {
  for (const then of before.rows.calls) {
    const now = after.rows.calls.find(({ id }) => id === then.id);
    assert.ok(now, "a call left the ledger");
    if (then.outcome !== null) assert.equal(now.outcome, then.outcome, "an outcome is kept");
  }
  const added = after.rows.calls.slice(before.rows.calls.length);
  for (const { task_id } of added) {
    const bought = task_id === null ? undefined : taskById(before, task_id);
    assert.equal(bought?.handle ?? null, null, "accepted work was ordered again");
  }
}

/** A message leaves its queue for the archive, or because its task moves on to another one. */
function checkGoneMessages(before: Snapshot, after: Snapshot, world: World): void {
  const isIn = (messages: Snapshot["rows"]["messages"], queue: string, id: number): boolean =>
    messages.some((message) => message.queue === queue && message.msg_id === id);
  for (const { queue, msg_id } of before.rows.messages) {
    if (isIn(after.rows.messages, queue, msg_id) || isIn(after.rows.archive, queue, msg_id)) {
      continue;
    }
    const task = before.rows.tasks.find((one) => one.queue === queue && one.message_id === msg_id);
    const now = task && taskById(after, task.id);
    const isMoved = now !== undefined && (now.queue !== queue || now.message_id !== msg_id);
    assert.ok(isMoved || (now && world.lost.has(now.id)), `a message of ${queue} is gone`);
  }
}

/** A lane rests for as long as it was told to. */
function checkPauses(before: Snapshot, after: Snapshot): void {
  for (const then of before.rows.lanes) {
    if (!isAhead(then.paused_until, after)) continue;
    const now = after.rows.lanes.find(({ provider }) => provider === then.provider);
    assert.ok(
      Date.parse(now?.paused_until ?? "1970-01-01") >= Date.parse(then.paused_until ?? ""),
      `the pause of ${then.provider} ended early`,
    );
  }
}
