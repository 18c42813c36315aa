import assert from "node:assert/strict";
import { isFinal, type Snapshot, type Task } from "./snapshot.ts";
import type { World } from "./world.ts";

/** What must be true at any moment, whatever was done. */
export function checkState(snapshot: Snapshot, world: World): void {
  for (const task of snapshot.rows.tasks) {
    checkEnd(task);
    checkMessage(task, snapshot, world);
    checkAssets(task, snapshot);
    checkCalls(task, snapshot);
  }
  world.books.check(snapshot);
}

function checkEnd(task: Task): void {
  assert.equal(task.finished_at !== null, isFinal(task), "finished_at is set if it is final");
  assert.equal(task.status === "complete", task.asset_urls.length > 0, "complete has results");
  assert.equal(task.status === "failed", task.error_code !== null, "failed has a reason");
  const hasResult = ["complete", "pending", "processing"].includes(task.status);
  assert.ok(!task.winds_down || !hasResult, "only what was given up winds down");
  assert.ok(!task.is_purged || task.winds_down, "what was purged is gone");
  assert.ok(task.user_id !== null || task.is_purged, "nobody's task");
  if (task.is_purged) assert.deepEqual([task.client_task_id, task.parameters], ["", {}]);
}

/** As long as somebody is to ask for it, a message is there, unless the test took it away. */
function checkMessage(task: Task, { rows }: Snapshot, world: World): void {
  const own = rows.messages.filter(({ queue, msg_id }) =>
    queue === task.queue && msg_id === task.message_id
  );
  if (isFinal(task) && !task.winds_down) {
    assert.deepEqual(own, [], `${world.nameOf(task.id)} is final and has a message`);
    assert.equal(task.message_id, null, `${world.nameOf(task.id)} is final and knows a message`);
    return;
  }
  const lane = task.provider;
  const expected = task.handle === null ? lane : `${lane}_polls`;
  assert.equal(task.queue, expected, `the queue of ${world.nameOf(task.id)}`);
  if (own.length === 0 && world.lost.has(task.id)) return;
  const tells = own.map(({ message }) => message);
  assert.deepEqual(tells, [{ task_id: task.id }], `the message of ${world.nameOf(task.id)}`);
  world.lost.delete(task.id);
}

function checkAssets(task: Task, { rows }: Snapshot): void {
  const assets = rows.assets.filter((asset) => asset.celery_task_id === task.id);
  if (task.is_purged) return assert.deepEqual(assets, [], "what was purged is shown to nobody");
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
  if (isFinal(task)) {
    assert.equal(count(null), task.winds_down ? 1 : 0, "open calls of what has ended");
  }
  if (task.handle !== null && !isFinal(task)) assert.equal(count(null), 1, "the call goes on");
}
