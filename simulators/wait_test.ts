import assert from "node:assert/strict";
import { wait, waitUntilAborted } from "./wait.ts";

const AN_HOUR = 3_600_000;

Deno.test("wait ends early when the signal is aborted", async () => {
  const controller = new AbortController();
  const waiting = wait(AN_HOUR, controller.signal);
  controller.abort();
  await waiting;
});

Deno.test("wait does not begin when the signal is aborted already", async () => {
  await wait(AN_HOUR, AbortSignal.abort());
});

Deno.test("waitUntilAborted ends with the signal", async () => {
  const controller = new AbortController();
  let ended = false;
  const waiting = waitUntilAborted(controller.signal).then(() => (ended = true));
  await Promise.resolve();
  assert.equal(ended, false);
  controller.abort();
  await waiting;
});
