import assert from "node:assert/strict";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { withDatabase } from "../support/stack.ts";

Deno.test("the ledger knows what a call costs by the price list, and what the provider told", async (t) => {
  const user = await signIn();
  const cases:
    readonly (readonly [operation: string, body: Record<string, unknown>, usd: number])[] = [
      ["text-to-image", { provider: "recraft", model: "recraftv3", n: 2 }, 0.08],
      ["text-to-model", { provider: "tripo", pbr: false, texture: false }, 0.1],
    ];
  for (const [operation, fields, usd] of cases) {
    await t.step(`${operation} of ${fields["provider"]}`, async () => {
      const body = { prompt: "A red cube", ...fields };
      const { celery_task_id: id } = await submitTo(user, operation, body);
      assert.equal((await followToEnd(user, id, 60)).status, "complete");
      const calls = await withDatabase((sql) =>
        sql<{ listed: number; told: number }[]>`
          select list_price_usd::float8 as listed, cost_usd::float8 as told
          from private.provider_calls where task_id = ${id}
        `
      );
      assert.deepEqual([...calls], [{ listed: usd, told: usd }]);
    });
  }
});
