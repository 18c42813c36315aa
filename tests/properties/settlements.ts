import assert from "node:assert/strict";
import { settled } from "../../testing/settled.ts";
import { aFailure } from "../../testing/steps.ts";
import { checkRateLimits } from "./rate_limits.ts";
import { GOING_ON, type Settlement, toldCost } from "./settle.ts";
import { type Call, isAhead, isHeld, type Snapshot, type Task, taskById } from "./snapshot.ts";
import type { World } from "./world.ts";

/** What must have come of a settlement under a good lease. */
export function checkSettlement(
  then: Task,
  settlement: Settlement,
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const now = taskById(after, then.id);
  assert.ok(now);
  switch (settlement.kind) {
    case "complete": {
      const end = { status: now.status, urls: [...now.asset_urls], code: now.error_code };
      assert.deepEqual(end, { status: "complete", urls: settlement.urls, code: null });
      const call = lastCall(now, after);
      assert.deepEqual([call?.outcome, call?.cost_usd], [
        "succeeded",
        bookedCost(then, settlement, before),
      ]);
      if (then.handle === null) world.breaker.succeed(then, after);
      break;
    }
    case "failure":
      checkFailure(then, now, settlement, before, after, world);
      break;
    case "snooze":
      assert.equal(now.handle, `job of ${now.id}`);
      assert.equal(now.queue, `${now.provider}_polls`);
      if (then.handle === null) world.breaker.succeed(then, after);
      break;
    case "release":
      assert.deepEqual([now.status, now.failed_attempts], [then.status, then.failed_attempts]);
      assert.equal(openCalls(now, after).length, then.handle === null ? 0 : 1, "nothing was asked");
      break;
    case "mark call sent":
      for (const { sent_at } of openCalls(now, after)) assert.ok(sent_at, "the call is made");
      break;
    case "extend":
      break;
  }
  checkHold(then, now, settlement, after);
  checkHidden(now, settlement, after);
}

/** Who goes on holds the task; whoever has settled does not, unless it was lost before and still is. */
export function checkHold(then: Task, now: Task, { kind }: Settlement, after: Snapshot): void {
  if (kind === "extend") assert.ok(isHeld(now, after), "also one that had run out");
  if (GOING_ON.includes(kind)) assert.notEqual(now.lease_expires_at, null, "the lease goes on");
  else if (kind === "release" && then.claims_without_outcome > 1) assert.ok(!isHeld(now, after));
  else assert.equal(now.lease_expires_at, null, "the lease has ended");
}

/** What is to wait is not shown before. */
export function checkHidden(now: Task, settlement: Settlement, { rows, at }: Snapshot): void {
  if (settlement.kind !== "failure" && settlement.kind !== "snooze") return;
  const own = rows.messages.find(({ queue, msg_id }) =>
    queue === now.queue && msg_id === now.message_id
  );
  if (own && settlement.delay > 0) assert.ok(Date.parse(own.vt) > at, "it waits for its delay");
}

function checkFailure(
  then: Task,
  now: Task,
  failure: Settlement & { kind: "failure" },
  before: Snapshot,
  after: Snapshot,
  world: World,
): void {
  const isOverdue = !isAhead(then.deadline_at, before);
  const claim = { handle: then.handle, failedAttempts: then.failed_attempts };
  const { code: errorCode, isRetryable, isFinal, isAmbiguous } = failure;
  const { state } = settled(claim, aFailure({ errorCode, isRetryable, isFinal, isAmbiguous }));
  const isBarred = state === "retrying" && !mayResubmit(now, after);
  const code = state === "failed" || (isBarred && !isOverdue)
    ? errorCode
    : isOverdue
    ? "timeout"
    : null;
  const status = code === null ? "processing" : "failed";
  assert.deepEqual([now.status, now.error_code], [status, code], "the end of a failure");
  // The provider goes on with what it has accepted; only our time is over.
  const isGivenUp = then.handle !== null && code !== null && state !== "failed";
  assert.equal(now.winds_down, isGivenUp, "what the provider still does winds down");
  const isBusy = errorCode === "provider_rate_limited" && then.handle === null;
  if (code === null && then.handle === null) {
    assert.equal(now.failed_attempts, then.failed_attempts + (isBusy ? 0 : 1), "its attempts");
  }
  if (then.handle === null) world.breaker.fail(then, failure, before, after);
  checkRateLimits(then, failure, before, after);
  checkDeadLetter(now, after);
}

function checkDeadLetter({ id, error_code }: Task, { rows }: Snapshot): void {
  const needsSomebody = ["internal", "outcome_unknown", "storage_failed"];
  if (!needsSomebody.includes(error_code ?? "")) return;
  assert.equal(rows.dead.filter(({ task_id }) => task_id === id).length, 1);
}

export function openCalls({ id }: Task, { rows }: Snapshot): Call[] {
  return rows.calls.filter(({ task_id, outcome }) => task_id === id && outcome === null);
}

/** What a call has cost that went well: what was told last. */
export function bookedCost(
  then: Task,
  settlement: Settlement & { kind: "complete" },
  before: Snapshot,
): number | null {
  return toldCost(settlement) ?? lastCall(then, before)?.cost_usd ?? null;
}

export function lastCall({ id }: Task, { rows }: Snapshot): Call | undefined {
  return rows.calls.filter(({ task_id }) => task_id === id).at(-1);
}

function mayResubmit({ id, provider }: Task, { rows }: Snapshot): boolean {
  const lane = rows.lanes.find((one) => one.provider === provider);
  const ambiguous = rows.calls.filter(({ task_id, outcome }) =>
    task_id === id && outcome === "ambiguous"
  );
  return ambiguous.length <= (lane?.max_ambiguous_retries ?? 0);
}
