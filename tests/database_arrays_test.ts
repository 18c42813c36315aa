import assert from "node:assert/strict";
import { connect } from "../shared/database.ts";
import { arrayElements, arrayTypes } from "../shared/database_arrays.ts";
import { stack, withDatabase } from "./support/stack.ts";

Deno.test("every array that a function or a table of ours has can be read and sent", async () => {
  const rows = await withDatabase((sql) =>
    sql<{ element: string; place: string }[]>`
      with places as (
        select proname as place, unnest(coalesce(proallargtypes, proargtypes || prorettype)) as type,
          pronamespace as schema
        from pg_proc
        union all
        select relname || '.' || attname, atttypid, relnamespace
        from pg_attribute join pg_class on pg_class.oid = attrelid
        where attnum > 0 and relkind in ('r', 'v', 'm')
      )
      select distinct format_type(element.oid, null) as element, place
      from places
      join pg_type as list on list.oid = type and list.typcategory = 'A'
      join pg_type as element on element.oid = list.typelem and element.typtype = 'b'
      where schema in ('private'::regnamespace, 'public'::regnamespace, 'monitoring'::regnamespace)
    `
  );
  assert.ok(rows.length > 20);
  const unknown = rows.filter(({ element }) => !arrayElements.includes(element));
  assert.deepEqual(unknown.map(({ element, place }) => `${place}: ${element}[]`), []);
});

Deno.test("the OIDs of arrays are those of the database", async () => {
  await withDatabase(async (sql) => {
    for (const [element, { to }] of Object.entries(arrayTypes)) {
      const [row] = await sql`select format_type(${to}::oid, null) as name`;
      assert.equal(row?.["name"], `${element}[]`);
    }
  });
});

for (const isPooled of [false, true]) {
  Deno.test(`arrays are read as they were sent, ${isPooled ? "a pooler's way" : "prepared"}`, async () => {
    const sql = connect({ url: stack.adminUrl, isPooled }, "arrays");
    try {
      const texts = ["", "a,b", '"', "\\", "{}", "NULL", "null", " ", "\n", "é😀", '\\"', "a'b"];
      const [row] = await sql<Record<string, unknown>[]>`
        select
          ${texts}::text[] as texts, ${[]}::text[] as none, ${[1.5, -2]}::float8[] as doubles,
          ${[1.5]}::real[] as reals, ${[1, -2]}::integer[] as integers,
          ${["9007199254740993"]}::bigint[] as bigints, ${[0.1, 2]}::numeric[] as numerics,
          ${["8f14e45f-ceea-4e7a-9f3b-0d5a1c2b3d4e"]}::uuid[] as uuids,
          array['a', null] as gaps, null::text[] as nothing
      `;
      assert.deepEqual({ ...row }, {
        ...{ texts, none: [], doubles: [1.5, -2], reals: [1.5], integers: [1, -2] },
        ...{ bigints: ["9007199254740993"], numerics: ["0.1", "2"] },
        ...{ uuids: ["8f14e45f-ceea-4e7a-9f3b-0d5a1c2b3d4e"], gaps: ["a", null], nothing: null },
      });
    } finally {
      await sql.close();
    }
  });
}
