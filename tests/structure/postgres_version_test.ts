import assert from "node:assert/strict";
import { readSources, type Source } from "../../tools/generate/schema/sources.ts";

/**
 * What Postgres 15 does not know, by the release notes of 16, 17 and 18
 * (https://www.postgresql.org/docs/release/): functions, then syntax. A project may be on 15.
 */
const NEWER_THAN_15 = [
  // 16
  /\b(pg_input_is_valid|pg_input_error_info|any_value|array_sample|array_shuffle)\s*\(/,
  /\b(date_add|date_subtract|random_normal|erf|erfc|json_arrayagg|json_objectagg)\s*\(/,
  /\bjson_(array|object)\s*\(/,
  /\bsystem_user\b/,
  /\bis\s+(not\s+)?json\b/,
  /\b0(x[0-9a-f]+|o[0-7]+|b[01]+)\b(?!')|\b\d+_\d+\b/,
  // 17
  /\b(to_bin|to_oct|uuid_extract_\w+|xmltext|unicode_assigned|pg_basetype|json_scalar)\s*\(/,
  /\b(json_serialize|json_table|json_exists|json_query|json_value|json)\s*\(/,
  /\bmerge_action\s*\(|\bon_error\b|\btransaction_timeout\b|\bat\s+local\b/,
  /\brandom\s*\(\s*[^)\s]/,
  // 18
  /\b(uuidv[47]|array_sort|array_reverse|casefold|crc32c?|gamma|lgamma|reverse\s*\(\s*bytea)\s*\(/,
  /\breturning\s+(with\s*\(\s*)?(old|new)\b|\bwithout\s+overlaps\b|\bnot\s+enforced\b/,
  /\bmerge\s+into\b[\s\S]*\breturning\b/,
];

/** Comments may name what must not be used, and so may the words of a string that is shown. */
function codeOf(text: string): string {
  return text.replaceAll(/--[^\n]*/g, "").replaceAll(/\bcomment on [\s\S]*?';/g, "");
}

function newerIn(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) =>
    NEWER_THAN_15.flatMap((pattern) => {
      const found = pattern.exec(codeOf(text).toLowerCase());
      return found ? [`${path}: ${found[0].trim()}`] : [];
    })
  );
}

Deno.test("SQL uses nothing that Postgres 15 does not know", async () => {
  assert.deepEqual(newerIn(await readSources()), []);
});

Deno.test("what is newer is seen wherever it stands, except in a comment", async (t) => {
  const cases: readonly (readonly [text: string, found: number])[] = [
    ["select pg_input_is_valid(a, 'uuid');", 1],
    ["select any_value (a) from b;", 1],
    ["execute 'select * from json_table(x)';", 1],
    ["if v_text is not json then", 1],
    ["select 1_000;", 1],
    ["select random(1, 10);", 1],
    ["update a set b = 1 returning old.b;", 1],
    ["-- pg_input_is_valid() is from 16", 0],
    ["comment on function private.a is 'As json_table() does; it''s so.';", 0],
    ["select random(), json_agg(a), my_any_value(b);", 0],
    ["order by random() limit 1", 0],
  ];
  for (const [text, found] of cases) {
    await t.step(text, () => assert.equal(newerIn([{ path: "1.sql", text }]).length, found));
  }
});
