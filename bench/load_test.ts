import assert from "node:assert/strict";
import { putUnderLoad, repeat } from "./load.ts";

Deno.test("as many calls are under way as there are callers, and no more are made than asked", async () => {
  let [underWay, most, made] = [0, 0, 0];
  await repeat(20, async () => {
    made++;
    most = Math.max(most, ++underWay);
    await Promise.resolve();
    underWay--;
  }, 4);
  assert.deepEqual([most, made], [4, 20]);
});

Deno.test("the time that is up ends it, and the figures are of what was done", async () => {
  const timing = await putUnderLoad({ callers: 2, seconds: 0.02, calls: 1_000 }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
  });
  assert.ok(timing.p50 >= 1 && timing.perSecond < 2_000);
});

Deno.test("a call that fails ends everything", async () => {
  const failing = (): Promise<never> => Promise.reject(new Error("no"));
  await assert.rejects(repeat(5, failing), /no/);
});
