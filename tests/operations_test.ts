import assert from "node:assert/strict";
import type postgres from "postgres";
import { operationsPage } from "./support/operations_page.ts";
import { PLATFORM_STAND_INS } from "./support/platform_stand_ins.ts";
import { withDatabase } from "./support/stack.ts";

/** Works as the platform's role, and undoes all of it. */
async function withPlatform(
  work: (sql: postgres.TransactionSql) => Promise<void>,
): Promise<void> {
  const undo = new Error("Rolled back");
  await withDatabase(async (sql) => {
    await sql.begin(async (transaction) => {
      await transaction.unsafe("set local role postgres").simple();
      await transaction.unsafe(PLATFORM_STAND_INS).simple();
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
  const { blocks } = operationsPage;
  assert.ok(blocks.length > 15);
  // What needs a dead letter is run by tests/runbook_test.ts.
  for (const { line, text } of blocks.filter(({ text }) => !text.includes("replay_dead_letter"))) {
    await t.step(`line ${line}`, async () => {
      await withPlatform(async (sql) => {
        await sql.unsafe(withoutExtensions(text)).simple();
      });
    });
  }
});

Deno.test("the scheduled command of docs/operations.md posts what is wrong to the webhook", async () => {
  const block = operationsPage.blocks.find(({ text }) => text.includes("cron.schedule"));
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
    assert.match(posts[0]?.text ?? "", /lane_paused flux: It starts nothing until/);
  });
});
