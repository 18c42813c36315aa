import assert from "node:assert/strict";
import type postgres from "postgres";
import { z } from "zod";
import { closeLane, openLane } from "../bench/lane.ts";
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

/** Pages of 8 kB that a statement looks at. */
async function buffersOf(sql: postgres.Sql, statement: string): Promise<number> {
  // Planned and compiled before.
  await sql.unsafe(statement);
  const [row] = await sql.unsafe(`explain (analyze, buffers, format json) ${statement}`);
  const [{ Plan: plan }] = z.tuple([z.object({ Plan: buffers })]).parse(row?.["QUERY PLAN"]);
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}

const buffers = z.object({ "Shared Hit Blocks": z.number(), "Shared Read Blocks": z.number() });

Deno.test("what workers and submits ask reads no more, however much waits and is over", async (t) => {
  await withOwnDatabase("large_database", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await applyMigrations(sql);
      await closeLane(sql);
      await sql`update private.plans set submits_per_minute = null, active_tasks = null`;
      const users = Array.from({ length: 20 }, () => crypto.randomUUID());
      await sql`insert into auth.users (id) select unnest(${users}::uuid[])`;
      const submit = `
        select * from private.submit_task(
          '${users[0]}', gen_random_uuid()::text, 'text-to-image', 'openai', '{"n": 1}', 'image', 1,
          600, 'request'
        )
      `;
      const statements = {
        "a look for work": "select * from private.claim_tasks(15, 20, 13)",
        "a look for lost tasks": "select private.recover_tasks()",
        "a submit": submit,
      };
      const claim = "a claim of five tasks";
      const measure = async (size: { finished: number; waiting: number }): Promise<number[]> => {
        await fill(sql, users, size);
        await sql`vacuum (analyze)`;
        const counts: number[] = [];
        for (const statement of Object.values(statements)) {
          counts.push(await buffersOf(sql, statement));
        }
        await openLane(sql);
        counts.push(await buffersOf(sql, "select * from private.claim_tasks(5, 0, 13)"));
        await closeLane(sql);
        return counts;
      };
      const few = await measure({ finished: 400, waiting: 40 });
      const many = await measure({ finished: 8_000, waiting: 4_000 });
      for (const [index, name] of [...Object.keys(statements), claim].entries()) {
        await t.step(`${name}: ${few[index]} and ${many[index]} pages`, () => {
          assert.ok((many[index] ?? Infinity) <= 2 * (few[index] ?? 0) + 20);
        });
      }
    });
  });
});
