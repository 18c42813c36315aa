import assert from "node:assert/strict";
import { retry } from "./retry.ts";

/** Fails with each of the errors in turn, then answers. */
function failing(...errors: string[]): () => Promise<string> {
  return () => {
    const message = errors.shift();
    return message === undefined ? Promise.resolve("done") : Promise.reject(new Error(message));
  };
}

Deno.test("retry answers what the first try answers, without a delay", async () => {
  assert.equal(await retry(failing(), { delays: [1_000_000] }), "done");
});

Deno.test("retry tries once more than it has delays", async () => {
  assert.equal(await retry(failing("1", "2"), { delays: [0, 0] }), "done");
});

Deno.test("retry throws the last error when no delay is left", async () => {
  await assert.rejects(retry(failing("1", "2", "3"), { delays: [0, 0] }), { message: "3" });
  await assert.rejects(retry(failing("1"), { delays: [] }), { message: "1" });
});

Deno.test("an aborted signal ends the tries after the one under way", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(retry(failing("1"), { delays: [0], signal }), { message: "1" });
});

Deno.test("aborting ends a delay at once, with the last error of the work", async () => {
  const controller = new AbortController();
  const delayed = retry(failing("1"), { delays: [1_000_000], signal: controller.signal });
  // The work has failed by then, and the delay has begun.
  queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => controller.abort())));
  await assert.rejects(delayed, { message: "1" });
});
