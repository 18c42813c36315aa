import assert from "node:assert/strict";
import { isAhead, isFinal, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

const ORDER = ["pending", "processing", "complete", "failed", "canceled"];

/** What no step may do, and what only some steps may. */
export interface Permission {
  /** It claims tasks. */
  readonly mayStart?: true;
  readonly mayChangePauses?: true;
  /** It deletes tasks. */
  readonly mayErase?: true;
}

export function checkChange(
  before: Snapshot,
  after: Snapshot,
  world: World,
  { mayStart, mayChangePauses, mayErase }: Permission,
): void {
  for (const then of before.rows.tasks) {
    const now = taskById(after, then.id);
    if (now) checkTask(then, now, mayStart ?? false);
    else {
      assert.ok(mayErase || then.is_purged, `${world.nameOf(then.id)} is gone`);
      checkErased(then, before, after);
    }
  }
  checkLedger(before, after, mayStart ?? false);
  checkGoneMessages(before, after, world);
  if (!mayChangePauses) checkPauses(before, after);
}

function checkTask(then: Task, now: Task, mayStart: boolean): void {
  if (isFinal(then)) {
    assert.deepEqual(endOf(now), endOf(then), "what is final stays");
    if (!then.winds_down) assert.deepEqual(workOf(now), workOf(then), "and nothing goes on");
  }
  assert.ok(ORDER.indexOf(now.status) >= ORDER.indexOf(then.status), "back to pending");
  if (then.handle !== null) assert.equal(now.handle, then.handle, "a handle is kept");
  if (!mayStart) {
    assert.equal(now.lease, then.lease, "a lease without a claim");
    assert.ok(then.status === now.status || isFinal(now), "a start without a claim");
  }
}

/** Nothing names it, but for second messages in other lanes; its calls have ended and name nobody. */
function checkErased({ id, provider }: Task, before: Snapshot, { rows }: Snapshot): void {
  const own = [...rows.messages, ...rows.archive].filter(({ queue, message }) =>
    message["task_id"] === id && [provider, `${provider}_polls`].includes(queue)
  );
  assert.deepEqual(own, [], "messages of what is gone");
  assert.ok(rows.dead.every(({ task_id }) => task_id !== id), "a dead letter of what is gone");
  const its = before.rows.calls.filter(({ task_id }) => task_id === id).map((call) => call.id);
  for (const call of rows.calls.filter((one) => its.includes(one.id))) {
    assert.deepEqual([call.task_id, call.handle], [null, null]);
    assert.notEqual(call.outcome, null, "a call that nobody can ask for");
  }
}

/** What its user sees of a final task. */
function endOf({ status, asset_urls, error_code, finished_at }: Task): unknown {
  return { status, asset_urls, error_code, isFinished: finished_at !== null };
}

/** What its provider and its workers are told of it; not its times, which the test moves. */
function workOf({ lease, handle, queue, message_id, winds_down }: Task): unknown {
  return { lease, handle, queue, message_id, winds_down };
}

/**
 * The ledger is only ever added to, and what has an outcome keeps it. A call leaves it that was never
 * made.
 */
function checkLedger(before: Snapshot, after: Snapshot, mayStart: boolean): void {
  for (const then of before.rows.calls) {
    const now = after.rows.calls.find(({ id }) => id === then.id);
    if (then.sent_at === null && then.outcome === null && !now) continue;
    assert.ok(now, "a call left the ledger");
    if (then.outcome !== null) assert.equal(now.outcome, then.outcome, "an outcome is kept");
  }
  const known = new Set(before.rows.calls.map(({ id }) => id));
  const added = after.rows.calls.filter(({ id }) => !known.has(id));
  if (!mayStart) assert.deepEqual(added, [], "a call without a claim");
  for (const { task_id } of added) {
    const bought = task_id === null ? undefined : taskById(before, task_id);
    assert.equal(bought?.handle ?? null, null, "accepted work was ordered again");
    assert.ok(!bought || !isFinal(bought), "nobody waits for it any more");
  }
}

/** A message leaves its queue for the archive, or because its task moves on to another one. */
function checkGoneMessages(before: Snapshot, after: Snapshot, world: World): void {
  const isIn = (messages: Snapshot["rows"]["messages"], queue: string, id: number): boolean =>
    messages.some((message) => message.queue === queue && message.msg_id === id);
  for (const { queue, msg_id, message } of before.rows.messages) {
    const name = String(message["task_id"]);
    if (taskById(before, name) && !taskById(after, name)) continue;
    if (isIn(after.rows.messages, queue, msg_id) || isIn(after.rows.archive, queue, msg_id)) {
      continue;
    }
    const task = before.rows.tasks.find((one) => one.queue === queue && one.message_id === msg_id);
    const now = task && taskById(after, task.id);
    const isMoved = now !== undefined && (now.queue !== queue || now.message_id !== msg_id);
    assert.ok(isMoved || (now && world.lost.has(now.id)), `a message of ${queue} is gone`);
  }
}

/** Lanes and pools rest for as long as they were told to. */
function checkPauses(before: Snapshot, after: Snapshot): void {
  const laterPauses = new Map(pausesOf(after));
  for (const [name, then] of pausesOf(before)) {
    if (!isAhead(then, before)) continue;
    const now = Date.parse(laterPauses.get(name) ?? "1970-01-01");
    assert.ok(now >= Date.parse(then ?? ""), `the pause of ${name} ended early`);
  }
}

function pausesOf({ rows }: Snapshot): [name: string, until: string | null][] {
  return [
    ...rows.lanes.flatMap(({ provider, paused_until, rate_limited_until }) => [
      [`${provider}: failures`, paused_until] satisfies [string, string | null],
      [`${provider}: rate limit`, rate_limited_until] satisfies [string, string | null],
    ]),
    ...rows.pools.map(({ provider, name, rate_limited_until }) =>
      [`${provider}/${name}`, rate_limited_until] satisfies [string, string | null]
    ),
  ];
}
