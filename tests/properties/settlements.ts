import assert from "node:assert/strict";
import { GOING_ON, type Settlement } from "./operations.ts";
import { type Call, isHeld, type Snapshot, type Task, taskById } from "./snapshot.ts";

/** What must have come of a settlement under a good lease. */
export function checkSettlement(then: Task, settlement: Settlement, after: Snapshot): void {
  const now = taskById(after, then.id);
  assert.ok(now);
  const end = { status: now.status, urls: [...now.asset_urls], code: now.error_code };
  switch (settlement.kind) {
    case "complete":
      assert.deepEqual(end, { status: "complete", urls: settlement.urls, code: null });
      break;
    case "fail":
      assert.deepEqual(end, { status: "failed", urls: [], code: settlement.code });
      break;
    case "retry": {
      const mayGoOn = then.handle !== null || mayRepeat(now, after);
      const status = mayGoOn ? "processing" : "failed";
      assert.deepEqual(end, { status, urls: [], code: mayGoOn ? null : settlement.code });
      break;
    }
    case "snooze":
      assert.equal(now.handle, `job of ${now.id}`);
      assert.equal(now.queue, `${now.provider}_polls`);
      break;
    case "begin call":
      for (const { called_at } of openCalls(now, after)) assert.ok(called_at, "the call is made");
      break;
    case "extend":
      break;
  }
  assert.equal(isHeld(now, after), GOING_ON.includes(settlement.kind), "whose lease goes on");
  const needsSomebody = ["internal", "outcome_unknown", "storage_failed"];
  if (needsSomebody.includes(now.error_code ?? "")) {
    assert.equal(after.rows.dead.filter(({ task_id }) => task_id === now.id).length, 1);
  }
}

function openCalls({ id }: Task, { rows }: Snapshot): Call[] {
  return rows.calls.filter(({ task_id, outcome }) => task_id === id && outcome === null);
}

function mayRepeat({ id, provider }: Task, { rows }: Snapshot): boolean {
  const lane = rows.lanes.find((one) => one.provider === provider);
  const ambiguous = rows.calls.filter(({ task_id, outcome }) =>
    task_id === id && outcome === "ambiguous"
  );
  return ambiguous.length <= (lane?.repeat_ambiguous ?? 0);
}
