import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { purchasesOf } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";

/** In USD; null where none is booked. */
async function bookedCost(id: string): Promise<number | null> {
  const [row] = await withDatabase((sql) =>
    sql<{ cost: number | null }[]>`
      select sum(cost_usd)::float8 as cost from private.provider_calls where task_id = ${id}
    `
  );
  assert.ok(row);
  return row.cost;
}

Deno.test("a result that is missing among others costs none of them, and the status tells", async (t) => {
  for (const provider of ["recraft", "openai"]) {
    await t.step(provider, async () => {
      const user = await signIn();
      const prompt = `two robots ${crypto.randomUUID()} sim:one-missing`;
      const request = { provider, prompt, n: 2 };
      const { celery_task_id: id } = await submitTo(user, "text-to-image", request);
      const { status, asset_urls: urls = [], missing_results } = await followToEnd(user, id);
      assert.deepEqual([status, urls.length, missing_results], ["complete", 1, 1]);
      const { assets, calls } = await effectsOf(id);
      assert.deepEqual([assets.toSorted(), calls], [["complete", "failed"], ["succeeded"]]);
      assert.equal(await purchasesOf(prompt), 1);
      assert.ok((await bookedCost(id) ?? 0) > 0, "Nothing is booked");
    });
  }
});

Deno.test("a status tells of no missing results where there are none", async () => {
  const user = await signIn();
  const request = { provider: "recraft", prompt: `robots ${crypto.randomUUID()}`, n: 2 };
  const { celery_task_id: id } = await submitTo(user, "text-to-image", request);
  const body = await followToEnd(user, id);
  assert.deepEqual([body.asset_urls?.length, "missing_results" in body], [2, false]);
});
