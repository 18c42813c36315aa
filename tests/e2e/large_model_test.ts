import assert from "node:assert/strict";
import { findService } from "../../dev/stack/leftovers.ts";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { residentMegabytes } from "../support/memory.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

const SIZE = 150_000_000;
const LIMIT_MEGABYTES = 200;

Deno.test("a model of 150 MB passes through a worker of less than 200 MB", async () => {
  const user = await signIn();
  const pid = await waitUntil("the worker", () => findService(stack.folder, "functions/worker/"));
  const body = { provider: "tripo", prompt: `sim:large-150 ${crypto.randomUUID()}` };
  const { celery_task_id: id } = await submitTo(user, "text-to-model", body);

  const seen: number[] = [];
  let isOver = false;
  const end = followToEnd(user, id, 60).finally(() => isOver = true);
  await waitUntil("the end, looking at the memory meanwhile", async () => {
    seen.push(await residentMegabytes(pid));
    return isOver;
  }, 60);
  const { asset_url = "", status } = await end;
  assert.equal(status, "complete");
  assert.ok(Math.max(...seen) < LIMIT_MEGABYTES, `Up to ${Math.max(...seen)} MB`);
  assert.ok(seen.length > 3, "the memory was hardly looked at");
  assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);

  const response = await fetch(asset_url);
  const reader = response.body?.getReader();
  let length = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
  }
  assert.equal(length, SIZE);
});
