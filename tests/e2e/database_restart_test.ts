import assert from "node:assert/strict";
import { findService } from "../../tools/local/stack/leftovers.ts";
import { followToEnd, readStatus, signIn, submit } from "../support/client.ts";
import { effectsOf, ONE_COMPLETE_IMAGE } from "../support/effects.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { stack } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

Deno.test("a database that restarts while the provider answers costs neither task nor money", async () => {
  const user = await signIn();
  const prompt = `Restarted ${crypto.randomUUID()}`;
  await withFaults([{ kind: "slow", times: 1, latency_ms: 3_000 }], async () => {
    const id = await submit(user, { prompt });
    await waitUntil("the purchase", async () => await purchasesOf(prompt) === 1);

    const pid = await waitUntil("Postgres", () => findService(stack.folder, "bin/postgres"));
    Deno.kill(pid, "SIGINT");
    await waitUntil("another Postgres", async () => {
      const next = await findService(stack.folder, "bin/postgres");
      return next !== undefined && next !== pid;
    });
    // Connections that the restart cut are made anew.
    await waitUntil("an answer", () => readStatus(user, id).catch(() => undefined));

    assert.equal((await followToEnd(user, id)).status, "complete");
    assert.deepEqual(await effectsOf(id), ONE_COMPLETE_IMAGE);
    assert.equal(await purchasesOf(prompt), 1);
  });
});
