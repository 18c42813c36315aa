import assert from "node:assert/strict";
import { type MigrationPlan, planMigration } from "./plan_migration.ts";
import { readStatements } from "./statements.ts";

const TABLE = "create table private.lanes (\n  provider text not null\n);\n";
const INDEX = "create index lanes_idx on private.lanes (provider);\n";
const COMMENT = "comment on function private.f is 'It''s; so.';\n";

function f(body: string, parameters = "p_a integer"): string {
  return `-- Why; it is here.\ncreate or replace function private.f(${parameters})\nreturns void\n` +
    `language plpgsql\nset search_path = ''\nas $$\nbegin\n  ${body}\nend;\n$$;\n`;
}

async function plan(before: string, after: string, handwritten = ""): Promise<MigrationPlan> {
  return planMigration(await readStatements(before), await readStatements(after), handwritten);
}

function summary({ copied, missing }: MigrationPlan): unknown {
  return [
    copied.map(({ object }) => object),
    missing.map(({ object, change }) => `${object} ${change}`),
  ];
}

const before = TABLE + INDEX + f("null;") + COMMENT;

Deno.test("what has not changed is in no migration, nor are comments and line breaks", async () => {
  const table = "-- é\ncreate table private.lanes (provider text not null -- the name\n);\n";
  assert.deepEqual(summary(await plan(before, table + INDEX + f("null;") + COMMENT)), [[], []]);
});

Deno.test("a changed body is copied as it stands", async () => {
  const found = await plan(before, TABLE + INDEX + f("perform 1; -- é") + COMMENT);
  assert.deepEqual(summary(found), [["function private.f"], []]);
  assert.equal(found.copied[0]?.text, f("perform 1; -- é").replace(/^--.*\n/, "").slice(0, -2));
});

Deno.test("a changed comment is copied, and so is anything new", async () => {
  const after = before.replace("so.", "not.") + "create table private.b (id integer);\n" +
    "select private.add_lane('acme', 5);\ngrant select on private.b to service_role;\n";
  assert.deepEqual(summary(await plan(before, after)), [
    [
      "comment function private.f",
      "table private.b",
      "lane acme",
      "grant select on private.b to service_role",
    ],
    [],
  ]);
});

Deno.test("a lane is not made again: its row is changed by hand", async () => {
  const lane = (slots: number): string => `select private.add_lane('acme', ${slots});\n`;
  const listed = (by: string): Promise<MigrationPlan> => plan(lane(5), lane(6), by);
  assert.deepEqual(summary(await listed("")), [[], ["lane acme changed"]]);
  const by = "update private.lanes set max_in_flight = 6 where provider = 'acme';";
  assert.deepEqual(summary(await listed(by)), [[], []]);
});

Deno.test("policies of one name on two tables are two", async () => {
  const policy = (table: string, using: boolean): string =>
    `create policy "Users read" on private.${table} using (${using});\n`;
  const both = policy("a", true) + policy("b", true);
  assert.deepEqual(summary(await plan(both, policy("a", false) + policy("b", true))), [
    [],
    ['policy "Users read" on private.a changed'],
  ]);
  await assert.rejects(plan(both, both + policy("a", true)), /Two statements define policy/);
});

Deno.test("a function that must be dropped gets its comment again", async () => {
  const after = before.replace("p_a integer", "p_a integer, p_b text");
  const drop = "drop function private.f(integer);";
  assert.deepEqual(summary(await plan(before, after, drop)), [
    ["function private.f", "comment function private.f"],
    [],
  ]);
});

Deno.test("a second signature beside the one that old functions call is copied alone", async () => {
  const second = f("perform 1;", "p_a integer,\n  p_b numeric(10, 2)");
  const comment = COMMENT.replace(".f", ".f(integer, numeric)");
  const typed = COMMENT.replace(".f", ".f(integer)");
  const after = TABLE + INDEX + f("null;") + second + typed + comment;
  assert.deepEqual(summary(await plan(before, after)), [
    [
      "function private.f(p_a integer, p_b numeric(10, 2))",
      "comment function private.f(integer)",
      "comment function private.f(integer, numeric)",
    ],
    [],
  ]);
  const changed = f("perform 2;") + second;
  assert.deepEqual(summary(await plan(after, TABLE + INDEX + changed + typed + comment)), [
    ["function private.f(p_a integer)"],
    [],
  ]);
  await assert.rejects(plan(before, before + f("perform 3;")), /Two statements define function/);
});

Deno.test("what no copy can do must be written by hand, and names what it changes", async (t) => {
  const column = before.replace("not null\n", "not null,\n  note text\n");
  const cases: Readonly<Record<string, readonly [after: string, missing: string, by: string]>> = {
    "a column": [
      column,
      "table private.lanes changed",
      "alter table private.lanes add column note text;",
    ],
    "a function's parameters": [
      TABLE + INDEX + f("null;", "p_a integer, p_b text") + COMMENT,
      "function private.f has another signature",
      "drop function private.f(integer);",
    ],
    "an index": [
      TABLE + f("null;") + COMMENT,
      "index lanes_idx was removed",
      "drop index private.lanes_idx;",
    ],
    "a function": [
      TABLE + INDEX,
      "function private.f was removed,comment function private.f was removed",
      "drop function private.f(integer);",
    ],
  };
  for (const [what, [after, missing, by]] of Object.entries(cases)) {
    await t.step(what, async () => {
      const listed = async (sql: string): Promise<string> =>
        (await plan(before, after, sql)).missing.map(({ object, change }) => `${object} ${change}`)
          .join();
      assert.equal(await listed(""), missing);
      assert.equal(await listed(`-- ${by}`), missing, "a comment does nothing");
      assert.equal(await listed(by.replaceAll(/lanes|(?<=\.)f/g, "$&x")), missing, "another name");
      assert.equal(await listed(by), "");
    });
  }
});
