import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { fakeSql } from "../testing/fake_sql.ts";
import { createFindApiKey, type FindApiKey } from "./api_keys.ts";

const KEY = "mk_0123456789abcdef-and-a-long-rest";
const row = {
  keyHash: createHash("sha256").update(KEY).digest("hex"),
  clientName: "app",
  allowedOperations: null,
};

interface Setup {
  readonly find: FindApiKey;
  /** The active keys by their prefix, as the table has them. */
  readonly table: Map<string, typeof row>;
  /** Prefixes asked for. */
  readonly queries: unknown[];
  readonly clock: { now: number };
}

function setup(): Setup {
  const table = new Map([[KEY.slice(0, 16), row]]);
  const queries: unknown[] = [];
  const clock = { now: 1_000_000 };
  const sql = fakeSql(([prefix]) => {
    queries.push(prefix);
    const found = table.get(String(prefix));
    return Promise.resolve(found ? [found] : []);
  });
  return { find: createFindApiKey(sql, () => clock.now), table, queries, clock };
}

Deno.test("an active key gives its client and operations", async () => {
  const apiKey = await setup().find(KEY);
  assert.equal(apiKey?.clientName, "app");
  assert.equal(apiKey?.allowedOperations, null);
});

Deno.test("a string that is not exactly an active key gives nothing", async (t) => {
  const strings: Readonly<Record<string, string>> = {
    empty: "",
    "only the prefix": KEY.slice(0, 16),
    "right prefix, wrong rest": `${KEY.slice(0, 16)}-and-another-rest`,
    longer: `${KEY}x`,
    "the hash instead of the key": row.keyHash,
    unknown: "mk_fedcba9876543210-and-a-long-rest",
  };
  for (const [name, key] of Object.entries(strings)) {
    await t.step(name, async () => assert.equal(await setup().find(key), undefined));
  }
});

Deno.test("the database learns the prefix of a key and never the key", async () => {
  const { find, queries } = setup();
  await find(KEY);
  assert.deepEqual(queries, [KEY.slice(0, 16)]);
});

Deno.test("a wrong key is refused although the right one was just used", async () => {
  const { find } = setup();
  await find(KEY);
  assert.equal(await find(`${KEY.slice(0, 16)}-guess`), undefined);
});

Deno.test("a revoked key works for at most 20 seconds more", async () => {
  const { find, table, clock } = setup();
  await find(KEY);
  table.clear();
  clock.now += 19_999;
  assert.ok(await find(KEY));
  clock.now += 1;
  assert.equal(await find(KEY), undefined);
});

Deno.test("using a key does not keep a revoked one alive", async () => {
  const { find, table, clock } = setup();
  await find(KEY);
  table.clear();
  for (let second = 0; second < 20; second++) {
    clock.now += 1_000;
    await find(KEY);
  }
  assert.equal(await find(KEY), undefined);
});

Deno.test("a new key works at the latest 20 seconds after its first use", async () => {
  const { find, table, clock } = setup();
  table.clear();
  assert.equal(await find(KEY), undefined);
  table.set(KEY.slice(0, 16), row);
  clock.now += 20_000;
  assert.ok(await find(KEY));
});

Deno.test("a key in use costs one query in 20 seconds", async () => {
  const { find, queries } = setup();
  for (let use = 0; use < 50; use++) await find(KEY);
  assert.equal(queries.length, 1);
});

Deno.test("made-up keys do not fill the memory", async () => {
  const { find, queries } = setup();
  await find("first made-up key");
  for (let index = 0; index < 1_000; index++) await find(`made-up-${index}`.padEnd(16));
  const before = queries.length;
  await find("first made-up key");
  // Asked for again: what was remembered first has been forgotten.
  assert.equal(queries.length, before + 1);
});
