import assert from "node:assert/strict";
import { findCollisions, findTakenNames } from "../../../tools/operate/deploy/collisions.ts";
import { applyMigrations } from "../../support/migrations.ts";
import { inDatabase } from "../../support/own_database.ts";
import { withHostedDatabase } from "./hosted_database.ts";

Deno.test("what an app has already is found by its name before anything is applied", async () => {
  await withHostedDatabase(async (database) => {
    await inDatabase(database, async (sql) => {
      const find = (): Promise<readonly string[]> =>
        findCollisions((text) => sql.unsafe(text), ["hello", "worker"]);
      assert.deepEqual(await find(), ["function worker"]);
      await sql`create schema private`;
      await sql`create table public.models (id integer)`;
      await sql`select pgmq.create('tripo')`;
      await sql`insert into storage.buckets (id, name) values ('inputs', 'inputs'), ('other', 'other')`;
      assert.deepEqual(await find(), [
        "bucket inputs",
        "queue tripo",
        "schema private",
        "table public.models",
        "function worker",
      ]);
      await sql`create table private.lanes (provider text)`;
      assert.deepEqual(await find(), [], "It is ours");
    });
  });
});

Deno.test("the names are all that the migrations make where an app may have something", async () => {
  await withHostedDatabase(async (database) => {
    await inDatabase(database, async (sql) => {
      const everything = (): Promise<{ name: string }[]> =>
        sql<{ name: string }[]>`
          select 'schema ' || nspname as name from pg_namespace where nspname !~ '^pg_'
          union all
          select 'table public.' || relname from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'S')
          union all
          select 'function public.' || proname from pg_proc
          where pronamespace = 'public'::regnamespace
          union all
          select 'type public.' || typname from pg_type
          where typnamespace = 'public'::regnamespace and typrelid = 0 and typelem = 0
          union all
          select 'queue ' || queue_name from pgmq.list_queues()
          union all
          select 'bucket ' || id from storage.buckets
          union all
          select 'policy ' || policyname from pg_policies where schemaname = 'storage'
        `;
      const before = (await everything()).map(({ name }) => name);
      await applyMigrations(sql);
      const made = (await everything()).map(({ name }) => name)
        .filter((name) => !before.includes(name));
      assert.deepEqual(
        (await findTakenNames((text) => sql.unsafe(text))).toSorted(),
        made.toSorted(),
      );
    });
  });
});
