import assert from "node:assert/strict";
import { definitionsIn, referencesIn } from "../../tools/generate/schema/references.ts";
import { readSources, type Source } from "../../tools/generate/schema/sources.ts";

/** References to a file that comes later, as text. */
function forwardReferences(sources: readonly Source[]): string[] {
  const order = new Map(sources.map(({ path }, index) => [path, index]));
  return referencesIn(sources)
    .filter(({ from, to }) => to && (order.get(to) ?? 0) > (order.get(from) ?? 0))
    .map(({ from, to, name }) => `${from} names ${name}, which ${to} defines later`);
}

/** Pairs of files that name each other, as text. */
function circles(sources: readonly Source[]): string[] {
  const pairs = new Set(referencesIn(sources).map(({ from, to }) => `${from} ${to}`));
  return [...pairs].filter((pair) => pairs.has(pair.split(" ").reverse().join(" ")));
}

/** Names that no file defines. */
function unknownNames(sources: readonly Source[]): string[] {
  return referencesIn(sources).filter(({ to }) => to === "").map(({ from, name }) =>
    `${from} names ${name}, which no file defines`
  );
}

const sources = await readSources();

Deno.test("no SQL source names what a later one defines, and no two name each other", async (t) => {
  await t.step(`forward references of ${sources.length} files`, () => {
    assert.ok(definitionsIn(sources).size > 100);
    assert.deepEqual(forwardReferences(sources), []);
  });
  await t.step("circles", () => assert.deepEqual(circles(sources), []));
  await t.step("unknown names", () => assert.deepEqual(unknownNames(sources), []));
});

Deno.test("a reference is seen wherever it stands, except in a comment", async (t) => {
  const later = "create table private.later (id integer);";
  const cases: Readonly<Record<string, readonly [text: string, forward: number]>> = {
    "in a body": [
      "create or replace function private.f() returns void language plpgsql as $$\n" +
      "begin\n  perform from private.later;\nend;\n$$;",
      1,
    ],
    "in dynamic SQL": ["do $$ begin execute 'select private.later()'; end $$;", 1],
    "as a type": ["create function private.g(p_row private.later) returns void return;", 1],
    "in a comment": ["-- private.later\ncreate table private.a (id integer); -- private.later", 0],
    "in a comment on": ["comment on table private.a is 'Not private.later; and it''s so.';", 0],
    "nowhere": ["create table private.a (id integer);", 0],
  };
  for (const [where, [text, forward]] of Object.entries(cases)) {
    await t.step(where, () => {
      const made = [{ path: "1.sql", text }, { path: "2.sql", text: later }];
      assert.equal(forwardReferences(made).length, forward);
      assert.deepEqual(circles(made), []);
    });
  }
  await t.step("both ways", () => {
    const made = [
      { path: "1.sql", text: "create table private.a (b private.b);" },
      { path: "2.sql", text: "create table private.b (a private.a);" },
    ];
    assert.equal(circles(made).length, 2);
  });
});
