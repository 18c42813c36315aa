import assert from "node:assert/strict";
import { repository } from "../../../tools/local/stack/folders.ts";
import { run } from "../../../tools/local/stack/run.ts";
import { installTool } from "../../../tools/local/stack/tools.ts";
import { migrationNames, readMigration } from "../../support/migrations.ts";
import { inDatabase } from "../../support/own_database.ts";
import { stack } from "../../support/stack.ts";
import { withHostedDatabase } from "./hosted_database.ts";

const supabase = await installTool(stack.tools, "supabase");

async function runCli(...args: string[]): Promise<string> {
  return await run(supabase, args, {
    cwd: repository,
    env: { DO_NOT_TRACK: "1" },
  });
}

Deno.test("an empty project takes the migrations from a role that is no superuser", async (t) => {
  await withHostedDatabase(async (url) => {
    await inDatabase(url, async (sql) => {
      const [role] = await sql`
        select current_user, rolsuper from pg_roles where rolname = current_user
      `;
      assert.deepEqual({ ...role }, { current_user: "postgres", rolsuper: false });
    });
    await t.step("all at once", async () => {
      await runCli("db", "push", "--yes", `--remote=${url}`);
    });
    await t.step("and has nothing to do the second time", async () => {
      assert.match(await runCli("db", "push", "--yes", `--remote=${url}`), /up to date/);
    });
    await t.step("the advisors have nothing to warn of", async () => {
      await runCli("db", "advisors", `--remote=${url}`, "--type", "all", "--fail-on", "warn");
    });
  });
});

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
