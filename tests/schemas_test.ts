import assert from "node:assert/strict";
import type postgres from "postgres";
import { applyMigrations, applyPlatform } from "./support/migrations.ts";
import { inDatabase, withOwnDatabase } from "./support/own_database.ts";
import { applySources, readCatalogue } from "./support/schemas.ts";

type Apply = (sql: postgres.Sql) => Promise<void>;

/** The catalogue of a new database in which the SQL has run, and what the work finds in there. */
async function withCatalogue(
  name: string,
  apply: Apply,
  work: (catalogue: readonly string[], sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  await withOwnDatabase(name, (url) =>
    inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await apply(sql);
      await work(await readCatalogue(sql), sql);
    }));
}

/** The catalogue as it would be after a statement, which is taken back. */
async function readChanged(sql: postgres.Sql, statement: string): Promise<readonly string[]> {
  await sql`begin`;
  try {
    await sql.unsafe(statement).simple();
    return await readCatalogue(sql);
  } finally {
    await sql`rollback`;
  }
}

function difference(left: readonly string[], right: readonly string[]): string[] {
  const [inLeft, inRight] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !inRight.has(line)).map((line) => `- ${line}`),
    ...right.filter((line) => !inLeft.has(line)).map((line) => `+ ${line}`),
  ];
}

const changes: Readonly<Record<string, string>> = {
  "a column": "alter table public.tasks add column another text",
  "the order of columns": "alter table public.concept_images rename prompt to moved; " +
    "alter table public.concept_images rename style to prompt; " +
    "alter table public.concept_images rename moved to style",
  "a default": "alter table public.tasks alter column input_bytes set default 1",
  "a nullability": "alter table public.tasks alter column operation drop not null",
  "a constraint": "alter table public.tasks drop constraint tasks_output_is_known",
  "an index": "drop index public.tasks_newest_idx",
  "a body":
    "create or replace function private.is_worker_live(p_seen_at timestamptz) returns boolean " +
    "language sql stable set search_path = '' return p_seen_at > now() - interval '11 seconds'",
  "a setting of a function": "alter function private.is_worker_live reset search_path",
  "a view": "create or replace view private.inconsistencies as select kind, count + 0 as count " +
    "from private.inconsistency_counts()",
  "a trigger that is off": "alter table public.tasks disable trigger tasks_mirror_to_assets",
  "a trigger": "drop trigger tasks_mirror_to_assets on public.tasks",
  "a policy": 'drop policy "Users read their own models" on public.models',
  "row level security": "alter table private.lanes disable row level security",
  "a right": "grant select on public.tasks to anon",
  "a right to a column": "grant select (handle) on public.tasks to authenticated",
  "a default right": "alter default privileges grant select on tables to anon",
  "a comment on a table": "comment on table public.tasks is 'x'",
  "a comment on a column": "comment on column public.tasks.id is 'x'",
  "a comment on a function": "comment on function private.is_worker_live is 'x'",
  "a storage parameter": "alter table public.tasks set (autovacuum_vacuum_scale_factor = 0.5)",
  "a seeded row": "update private.lanes set max_in_flight = 99 where provider = 'flux'",
  "a queue": "select pgmq.drop_queue('flux_polls')",
};

Deno.test("a database made by the migrations is one made from the sources", async (t) => {
  await withCatalogue(
    "migrated",
    applyMigrations,
    (fromMigrations) =>
      withCatalogue("sources", applySources, async (fromSources, sql) => {
        await t.step("nothing differs", () => {
          const differences = difference(fromMigrations, fromSources);
          assert.deepEqual(
            differences,
            [],
            "supabase/schemas (+) and supabase/migrations (-) differ",
          );
        });
        for (const [what, statement] of Object.entries(changes)) {
          await t.step(`another one would show: ${what}`, async () => {
            assert.ok(difference(fromSources, await readChanged(sql, statement)).length > 0);
          });
        }
      }),
  );
});
