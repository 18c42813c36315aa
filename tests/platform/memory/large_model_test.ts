import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo } from "../../support/client.ts";
import { effectsOf } from "../../support/effects.ts";
import { peakOfWorkers } from "../../support/memory.ts";

const SIZE = 150_000_000;
const LIMIT_MEGABYTES = 200;

Deno.test("a model of 150 MB passes through a worker of less than 200 MB", async () => {
  const user = await signIn();
  const body = { provider: "tripo", prompt: `sim:large-150 ${crypto.randomUUID()}` };
  const { celery_task_id: id } = await submitTo(user, "text-to-model", body);
  const peak = await peakOfWorkers(() => followToEnd(user, id, 60));
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
