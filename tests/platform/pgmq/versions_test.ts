import assert from "node:assert/strict";
import type postgres from "postgres";
import { applyMigrations, applyPlatform } from "../../support/migrations.ts";
import { inDatabase, withOwnDatabase } from "../../support/own_database.ts";
import { QUEUE_SUBJECTS, runPgTap } from "../../support/pgtap.ts";

const EXTENSION = "create extension if not exists pgmq;";

async function countFunctions(sql: postgres.Sql, name: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::integer from pg_proc
    where pronamespace = 'pgmq'::regnamespace and proname = ${name}
  `;
  return row?.count ?? 0;
}

Deno.test("on pgmq 1.5.1 the migrations apply, and queues work", async (t) => {
  await withOwnDatabase("pgmq_1_5_1", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await sql`create extension pgmq`;
      await sql.unsafe(await Deno.readTextFile(new URL("older.sql", import.meta.url))).simple();
      // One of each kind that came later: another function, another form, another column.
      assert.deepEqual(
        await Promise.all(
          ["read_grouped", "set_vt", "pop"].map((name) => countFunctions(sql, name)),
        ),
        [0, 1, 1],
      );
      await applyMigrations(sql);
      const columns = await sql`
        select from information_schema.columns
        where table_schema = 'pgmq' and column_name = 'last_read_at'
      `;
      assert.equal(columns.length, 0);
      await runPgTap(t, sql, QUEUE_SUBJECTS);
    });
  });
});

/** The local stack has a newer one, and all tests run on it. This is for one that is newer yet. */
const script = Deno.env.get("PGMQ_SCRIPT");

Deno.test({
  name: "on the pgmq whose SQL is in the file PGMQ_SCRIPT they do, too",
  ignore: !script,
  fn: async (t) => {
    await withOwnDatabase("pgmq_newer", async (url) => {
      await inDatabase(url, async (sql) => {
        await applyPlatform(sql);
        await sql.unsafe(await Deno.readTextFile(script ?? "")).simple();
        await applyMigrations(sql, (text) => text.replace(EXTENSION, ""));
        await runPgTap(t, sql, QUEUE_SUBJECTS);
      });
    });
  },
});
