import assert from "node:assert/strict";
import { settled } from "../../testing/settled.ts";
import { aFailure } from "../../testing/steps.ts";
import { GOING_ON, type Settlement } from "./operations.ts";
import { type Call, isAhead, isHeld, type Snapshot, type Task, taskById } from "./snapshot.ts";

/** What must have come of a settlement under a good lease. */
export function checkSettlement(
  then: Task,
  settlement: Settlement,
  before: Snapshot,
  after: Snapshot,
): void {
  const now = taskById(after, then.id);
  assert.ok(now);
  const isOverdue = !isAhead(then.deadline_at, before);
  const end = { status: now.status, urls: [...now.asset_urls], code: now.error_code };
  switch (settlement.kind) {
    case "complete":
      assert.deepEqual(end, { status: "complete", urls: settlement.urls, code: null });
      break;
    case "failure":
      assert.deepEqual(end, endOfFailure(then, settlement, mayResubmit(now, after), isOverdue));
      break;
    case "snooze":
      assert.equal(now.handle, `job of ${now.id}`);
      assert.equal(now.queue, `${now.provider}_polls`);
      break;
    case "mark call sent":
      for (const { sent_at } of openCalls(now, after)) assert.ok(sent_at, "the call is made");
      break;
    case "extend":
      break;
  }
  const goesOn = GOING_ON.includes(settlement.kind);
  assert.equal(now.lease_expires_at !== null, goesOn, "whose lease goes on");
  if (settlement.kind === "extend") assert.ok(isHeld(now, after), "also one that had run out");
  const needsSomebody = ["internal", "outcome_unknown", "storage_failed"];
  if (needsSomebody.includes(now.error_code ?? "")) {
    assert.equal(after.rows.dead.filter(({ task_id }) => task_id === now.id).length, 1);
  }
}

function openCalls({ id }: Task, { rows }: Snapshot): Call[] {
  return rows.calls.filter(({ task_id, outcome }) => task_id === id && outcome === null);
}

function mayResubmit({ id, provider }: Task, { rows }: Snapshot): boolean {
  const lane = rows.lanes.find((one) => one.provider === provider);
  const ambiguous = rows.calls.filter(({ task_id, outcome }) =>
    task_id === id && outcome === "ambiguous"
  );
  return ambiguous.length <= (lane?.max_ambiguous_retries ?? 0);
}

interface End {
  readonly status: string;
  readonly urls: readonly string[];
  readonly code: string | null;
}

function endOfFailure(
  then: Task,
  { code, isRetryable, isFinal, isAmbiguous }: Settlement & { kind: "failure" },
  mayResubmit: boolean,
  isOverdue: boolean,
): End {
  const claim = { handle: then.handle, failedAttempts: then.failed_attempts };
  const { state } = settled(
    claim,
    aFailure({ errorCode: code, isRetryable, isFinal, isAmbiguous }),
  );
  const ends = (code: string): End => ({ status: "failed", urls: [], code });
  if (state === "failed") return ends(code);
  if (isOverdue) return ends("timeout");
  if (state === "retrying" && !mayResubmit) return ends(code);
  return { status: "processing", urls: [], code: null };
}
