import assert from "node:assert/strict";
import { waitUntilAborted } from "./wait_until_aborted.ts";

Deno.test("waitUntilAborted ends with the signal", async () => {
  const controller = new AbortController();
  let ended = false;
  const waiting = waitUntilAborted(controller.signal).then(() => (ended = true));
  await Promise.resolve();
  assert.equal(ended, false);
  controller.abort();
  await waiting;
});
