import assert from "node:assert/strict";
import { join } from "node:path";
import type postgres from "postgres";
import { repository } from "../tools/local/stack/folders.ts";
import { withDatabase } from "./support/stack.ts";

const page = await Deno.readTextFile(join(repository, "docs/operations.md"));

/** Code blocks of SQL, also those in lists, each with the line it begins in. */
function sqlBlocks(): { line: number; text: string }[] {
  return [...page.matchAll(/^( *)```sql\n([\s\S]*?)^ *```$/gm)].map((match) => ({
    line: page.slice(0, match.index).split("\n").length,
    text: match[2] ?? "",
  }));
}

/** The platform's extensions, as far as the page speaks of them; the local stack has none of them. */
const STAND_INS = `
  do $$
  begin
    if to_regnamespace('cron') is null then
      create schema cron;
      create table cron.job (
        jobid bigint generated always as identity, jobname text, schedule text, command text,
        active boolean default true
      );
      create function cron.schedule(job_name text, schedule text, command text) returns bigint
      language sql as 'insert into cron.job (jobname, schedule, command) values ($1, $2, $3) returning jobid';
    end if;
    if to_regnamespace('net') is null then
      create schema net;
      create table net.posts (url text, body jsonb);
      create function net.http_post(
        url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{}',
        timeout_milliseconds integer default 5000
      ) returns bigint language sql as 'insert into net.posts values ($1, $2) returning 1::bigint';
    end if;
    if to_regnamespace('vault') is null then
      create schema vault;
      create table vault.decrypted_secrets (name text, decrypted_secret text);
      create function vault.create_secret(new_secret text, new_name text) returns uuid
      language sql as
      'insert into vault.decrypted_secrets values ($2, $1) returning gen_random_uuid()';
    end if;
  end;
  $$;
`;

/** Works as the platform's role, and undoes all of it. */
async function withPlatform(
  work: (sql: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  const undo = new Error("Rolled back");
  await withDatabase(async (sql) => {
    await sql.begin(async (transaction) => {
      await transaction.unsafe("set local role postgres").simple();
      await transaction.unsafe(STAND_INS).simple();
      await work(transaction);
      throw undo;
    }).catch((error) => {
      if (error !== undo) throw error;
    });
  });
}

/** The local stack has no such extension to create. */
const withoutExtensions = (text: string): string => text.replace(/^create extension .*$/gm, "");

Deno.test("the SQL of docs/operations.md runs as it stands", async (t) => {
  const blocks = sqlBlocks();
  assert.ok(blocks.length > 15);
  for (const { line, text } of blocks) {
    await t.step(`line ${line}`, async () => {
      await withPlatform(async (sql) => {
        await sql.unsafe(withoutExtensions(text)).simple();
      });
    });
  }
});

Deno.test("every alert has a section that says what to do, and no section is of none", async () => {
  const sections = [...page.matchAll(/^### `(\w+)`\n\n(?=\S)/gm)].map(([, code]) => code);
  const kinds = await withDatabase((sql) =>
    sql<{ code: string }[]>`select code from monitoring.alert_kinds`
  );
  assert.deepEqual(sections.toSorted(), kinds.map(({ code }) => code).sort());
});

Deno.test("the scheduled command of docs/operations.md posts what is wrong to the webhook", async () => {
  const block = sqlBlocks().find(({ text }) => text.includes("cron.schedule"));
  await withPlatform(async (sql) => {
    await sql.unsafe(withoutExtensions(block?.text ?? "")).simple();
    await sql`update private.lanes set paused_until = 'infinity' where provider = 'flux'`;
    const [job] = await sql<{ command: string }[]>`
      select command from cron.job where jobname = 'send-alerts'
    `;
    await sql.unsafe(job?.command ?? "").simple();
    const posts = await sql<{ url: string; text: string }[]>`
      select url, body ->> 'text' as text from net.posts
    `;
    assert.equal(posts.length, 1);
    assert.equal(posts[0]?.url, "https://hooks.example.com/services/your-own");
    assert.match(posts[0]?.text ?? "", /lane_paused flux: Nothing is started until/);
  });
});
