import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo } from "../../support/client.ts";
import { effectsOf } from "../../support/effects.ts";
import { residentMegabytes } from "../../support/memory.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { findWorkers } from "../../support/workers.ts";

const SIZE = 150_000_000;
const LIMIT_MEGABYTES = 200;

/** The most memory that an isolate of the worker has while the work is done, in megabytes. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  const seen: number[] = [];
  let isOver = false;
  const end = work().finally(() => isOver = true);
  await waitUntil("the end, looking at the memory meanwhile", async () => {
    for (const pid of await findWorkers()) seen.push(await residentMegabytes(pid));
    return isOver;
  }, 90);
  await end;
  assert.ok(seen.length > 3, "the memory was hardly looked at");
  return Math.max(...seen);
}

Deno.test("a model of 150 MB passes through a worker of less than 200 MB", async () => {
  const user = await signIn();
  const body = { provider: "tripo", prompt: `sim:large-150 ${crypto.randomUUID()}` };
  const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
  const peak = await peakOf(() => followToEnd(user, id, 60));
  assert.ok(peak < LIMIT_MEGABYTES, `Up to ${peak} MB`);

  const { asset_url = "", status } = await followToEnd(user, id);
  assert.equal(status, "complete");
  assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);
  const response = await fetch(asset_url);
  const reader = response.body?.getReader();
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
  }
  assert.equal(length, SIZE);
});
