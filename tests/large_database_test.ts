import assert from "node:assert/strict";
import { fill } from "../bench/large/measure_growth.ts";
import { applyMigrations, applyPlatform } from "./support/migrations.ts";
import { inDatabase, withOwnDatabase } from "./support/own_database.ts";

Deno.test("the benchmark of a large database fills it as use would", async () => {
  await withOwnDatabase("large_database", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await applyMigrations(sql);
      const users = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
      await sql`insert into auth.users (id) select unnest(${users}::uuid[])`;
      await fill(sql, users, { finished: 60, waiting: 9 });

      // What does not agree would be repaired.
      await sql`select private.reconcile()`;
      await sql`update private.lanes set results_per_minute = null`;
      const claims = await sql`select user_id from private.claim_tasks(3, 0, 13)`;
      assert.deepEqual(claims.map(({ user_id }) => user_id).sort(), users.sort());
      const [counts] = await sql`
        select
          (select count(*)::integer from public.tasks where status = 'complete') as complete,
          (select count(*)::integer from public.tasks where status = 'pending') as pending,
          (select count(*)::integer from pgmq.a_openai) as archived,
          (select count(*)::integer from pgmq.q_openai) as messages,
          (select count(*)::integer from public.concept_images) as images
      `;
      const expected = { complete: 60, pending: 6, archived: 60, messages: 9, images: 69 };
      assert.deepEqual({ ...counts }, expected);
    });
  });
});
