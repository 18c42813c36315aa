import assert from "node:assert/strict";
import type postgres from "postgres";
import { operationsPage } from "../support/operations_page.ts";
import { PLATFORM_STAND_INS } from "../support/platform_stand_ins.ts";
import { withDatabase } from "../support/stack.ts";
import { type RunbookCase, runbookCases } from "./cases.ts";

const helpers = new URL("../../supabase/tests/helpers.sql", import.meta.url);

/** The section of an alert, as the page has it. */
function sectionOf(code: string): (typeof operationsPage.sections)[number] {
  const section = operationsPage.sections.find(({ title }) => title === code);
  if (!section) throw new Error(`docs/operations.md has no section ${code}`);
  return section;
}

type Sql = postgres.TransactionSql;

/** All that an operator must not harm. Calls under way may still end. */
async function valuables(sql: Sql): Promise<{ tasks: string[]; calls: string[] }> {
  const tasks = await sql<{ id: string }[]>`select id from public.tasks order by id`;
  const calls = await sql<{ row: string }[]>`
    select to_jsonb(calls)::text as row from private.provider_calls as calls
    where outcome is not null order by id
  `;
  return { tasks: tasks.map(({ id }) => id), calls: calls.map(({ row }) => row) };
}

async function alerts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ alert: string }[]>`select unnest(tests.alerts()) as alert`;
  return rows.map(({ alert }) => alert);
}

/** The SQL of the section with the words of the case in it. */
async function commandsOf(
  sql: Sql,
  { code, blocks, placeholders = {} }: RunbookCase,
): Promise<string[]> {
  const chosen = sectionOf(code).blocks.filter(({ text }) => blocks?.test(text) ?? true);
  assert.ok(chosen.length > 0, `the section ${code} has SQL`);
  let commands = chosen.map(({ text }) => text);
  for (const [word, query] of Object.entries(placeholders)) {
    const [row] = await sql.unsafe<Record<string, string>[]>(query);
    const value = Object.values(row ?? {})[0] ?? "";
    assert.match(commands.join(), new RegExp(word));
    commands = commands.map((text) => text.replaceAll(new RegExp(word, "g"), value));
  }
  return commands;
}

async function checkUnharmed(
  sql: Sql,
  before: Awaited<ReturnType<typeof valuables>>,
): Promise<void> {
  const after = await valuables(sql);
  assert.deepEqual(before.tasks.filter((id) => !after.tasks.includes(id)), [], "lost tasks");
  assert.deepEqual(before.calls.filter((row) => !after.calls.includes(row)), [], "changed calls");
  const wrong = await sql<{ kind: string }[]>`
    select kind from private.inconsistencies where count > 0 and kind <> 'dead letters'
  `;
  assert.deepEqual(wrong.map(({ kind }) => kind), [], "inconsistencies");
}

async function checkSubmits(sql: Sql): Promise<void> {
  const lanes = await sql<{ provider: string }[]>`select provider from private.lanes`;
  for (const { provider } of lanes) {
    const [submission] = await sql<{ status: string; hidden: number | null }[]>`
      select status, tests.hidden_seconds(${`after ${provider}`}) as hidden
      from tests.submit(${`after ${provider}`}, p_user => ${provider}, p_provider => ${provider})
    `;
    assert.equal(submission?.status, "pending", `a submit of ${provider}`);
  }
  const wrong = await sql`
    select kind from private.inconsistencies where count > 0 and kind <> 'dead letters'
  `;
  assert.equal(wrong.length, 0, "a message for each");
}

async function runCase(sql: Sql, one: RunbookCase): Promise<void> {
  const alert = `${one.code} ${one.subject}`;
  await sql.unsafe("set local role postgres").simple();
  await sql.unsafe(PLATFORM_STAND_INS).simple();
  await sql.unsafe("reset role; select tests.clear()").simple();
  await sql.unsafe(one.arrange).simple();
  assert.ok((await alerts(sql)).includes(alert), `${alert} among ${await alerts(sql)}`);
  const before = await valuables(sql);

  for (const command of await commandsOf(sql, one)) {
    await sql.unsafe(`set local role postgres; ${command}; reset role`).simple();
  }
  await sql`select private.reconcile()`;
  await checkUnharmed(sql, before);
  if (one.meanwhile) {
    assert.match(sectionOf(one.code).text, /ends? /, "the page says what ends it");
    await sql.unsafe(one.meanwhile).simple();
  }
  const left = await alerts(sql);
  assert.ok(!left.includes(alert), `${alert} is over`);
  if (one.proof) {
    const [row] = await sql.unsafe<{ holds: boolean }[]>(one.proof);
    assert.equal(row?.holds, true, one.proof);
  }
  await checkSubmits(sql);
}

Deno.test("every alert has a section and a case, and no section is of none", async () => {
  const kinds = await withDatabase((sql) =>
    sql<{ code: string }[]>`select code from monitoring.alert_kinds order by code`
  );
  const codes = kinds.map(({ code }) => code).sort();
  const sections = operationsPage.sections.filter(({ text }) => /^### `\w+`\n\n(?=\S)/.test(text));
  assert.deepEqual(sections.map(({ title }) => title).sort(), codes);
  assert.deepEqual([...new Set(runbookCases.map(({ code }) => code))].sort(), codes);
});

Deno.test("the SQL of an alert's section ends the alert, and harms nothing", async (t) => {
  const undo = new Error("Rolled back");
  await withDatabase(async (sql) => {
    try {
      await sql.unsafe(await Deno.readTextFile(helpers)).simple();
      for (const one of runbookCases) {
        await t.step(`${one.code} ${one.subject}`, async () => {
          await sql.begin(async (transaction) => {
            await runCase(transaction, one);
            throw undo;
          }).catch((error) => {
            if (error !== undo) throw error;
          });
        });
      }
    } finally {
      await sql`drop schema if exists tests cascade`;
      await sql`drop extension if exists pgtap`;
    }
  });
});
