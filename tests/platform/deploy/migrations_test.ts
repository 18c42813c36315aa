import assert from "node:assert/strict";
import { migrationNames, readMigration } from "../../support/migrations.ts";

/** What the platform refuses to the project's own role, each with a statement that would be refused. */
const REFUSED: Readonly<Record<string, readonly [pattern: RegExp, example: string]>> = {
  "an extension in a chosen version": [
    /create\s+extension\b[^;]*\bversion\b/,
    "create extension pgmq version '1.5.1';",
  ],
  "an update of an extension": [
    /alter\s+extension\b[^;]*\bupdate\b/,
    "alter extension pgmq update;",
  ],
  "another shape of Storage's tables": [
    /alter\s+table\s+(?:if\s+exists\s+|only\s+)*storage\./,
    "alter table storage.objects enable row level security;",
  ],
  "an index on Storage's tables": [
    /create\s+(?:unique\s+)?index\b[^;]*\bon\s+(?:only\s+)?storage\./,
    "create index i on storage.objects (name);",
  ],
  "a comment on what is Storage's": [
    /comment\s+on\s+\w+\s+(?:"[^"]*"\s+on\s+)?storage\./,
    "comment on table storage.objects is 'x';",
  ],
  "an object in a schema of the platform": [
    // But for a trigger on Auth's users, which the platform's linter recommends:
    // https://supabase.github.io/splinter/0002_auth_users_exposed
    /create\s+(?:or\s+replace\s+)?(?:(?:table|view|materialized\s+view|function|procedure|type|sequence)\s+(?:if\s+not\s+exists\s+)?|trigger\s+\w+[^;]*\bon\s+(?!auth\.users\b))(?:auth|storage|realtime|vault)\./,
    "create function auth.f() returns integer language sql as '';",
  ],
  "a deletion of files or buckets": [
    /(?:delete\s+from|truncate(?:\s+table)?)\s+(?:only\s+)?storage\./,
    "delete from storage.objects;",
  ],
  "a job written into pg_cron's table": [
    /(?:insert\s+into|update|delete\s+from)\s+cron\.job\b(?!_)/,
    "update cron.job set active = false;",
  ],
  "another shape of pg_cron's records": [
    /(?:alter\s+table\s+cron\.|create\s+index\b[^;]*\bon\s+cron\.)/,
    "create index i on cron.job_run_details (end_time);",
  ],
  "a secret written into Vault's table": [
    /(?:insert\s+into|update)\s+vault\.secrets\b/,
    "insert into vault.secrets (secret) values ('x');",
  ],
  "a setting of the database": [
    /alter\s+database\b[^;]*\bset\b/,
    "alter database x set app.y = 'z';",
  ],
  // Not refused, but not what it looks like: it takes nothing away.
  "default rights on functions within a schema": [
    /alter\s+default\s+privileges\s+in\s+schema\b[^;]*\brevoke\b[^;]*\bon\s+functions\b/,
    "alter default privileges in schema public revoke execute on functions from public;",
  ],
};

Deno.test("no migration does what the platform refuses", async (t) => {
  const texts = await Promise.all(migrationNames.map(readMigration));
  for (const [what, [pattern, example]] of Object.entries(REFUSED)) {
    await t.step(what, () => {
      assert.match(example, pattern);
      for (const [index, text] of texts.entries()) {
        const statements = text.replace(/--.*$/gm, "").toLowerCase();
        assert.doesNotMatch(statements, pattern, migrationNames[index]);
      }
    });
  }
});
