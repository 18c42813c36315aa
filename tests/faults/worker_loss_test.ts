import assert from "node:assert/strict";
import { followToEnd, readStatus, signIn, submit } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { waitUntil } from "../support/wait_until.ts";
import { killWorkers } from "../support/workers.ts";

Deno.test(
  "a worker killed while the provider answers is noticed within 15 s, and the task ends complete",
  async () => {
    const user = await signIn();
    const prompt = `Killed ${crypto.randomUUID()}`;
    await withFaults([{ kind: "slow", times: 1, latency_ms: 60_000 }], async () => {
      const id = await submit(user, { prompt });
      await waitUntil("the first purchase", async () => (await purchasesOf(prompt)) === 1);
      assert.equal((await readStatus(user, id)).status, "processing");

      await killWorkers();
      const killedAt = performance.now();
      await waitUntil("the second purchase", async () => (await purchasesOf(prompt)) === 2, 25);
      const noticed = (performance.now() - killedAt) / 1000;
      assert.ok(noticed <= 15, `Noticed after ${noticed.toFixed(1)} s`);

      assert.equal((await followToEnd(user, id)).status, "complete");
      // What the killed worker bought is on the ledger as unknown, not forgotten.
      assert.deepEqual(await effectsOf(id), {
        ...ONE_COMPLETE_IMAGE,
        calls: ["ambiguous", "succeeded"],
      });
      assert.equal(await purchasesOf(prompt), 2);
    });
  },
);
