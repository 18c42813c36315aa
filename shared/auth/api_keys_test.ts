import assert from "node:assert/strict";
import { fakeSql } from "../../testing/fake_sql.ts";
import { generateApiKey, hashOfApiKey, prefixOfApiKey, withChecksum } from "./api_key_format.ts";
import { type ApiKeys, createApiKeys } from "./api_keys.ts";

const KEY = generateApiKey("test");
const PREFIX = prefixOfApiKey(KEY);
/** Of the same prefix: what somebody may try who has seen a list of keys. */
const GUESS = withChecksum(PREFIX.padEnd(KEY.length - 6, "x"));

const row = {
  id: "key-1",
  keyHash: hashOfApiKey(KEY),
  clientName: "app",
  allowedOperations: null,
  seesCosts: true,
  expiresAt: new Date(1_000_000 + 3_600_000),
  active: true,
};

interface Setup {
  readonly find: ApiKeys["find"];
  /** The active keys by their prefix, as the table has them. */
  readonly table: Map<string, typeof row>;
  /** Prefixes asked for. */
  readonly queries: unknown[];
  /** Ids of the keys whose use was recorded. */
  readonly uses: string[];
  /** A query takes `queryTakes` milliseconds of it. */
  readonly clock: { now: number; queryTakes: number };
}

function setup(): Setup {
  const table = new Map([[PREFIX, row]]);
  const queries: unknown[] = [];
  const uses: string[] = [];
  const clock = { now: 1_000_000, queryTakes: 0 };
  const sql = fakeSql(([prefix]) => {
    queries.push(prefix);
    const found = table.get(String(prefix));
    clock.now += clock.queryTakes;
    return Promise.resolve(found ? [found] : []);
  });
  const { find } = createApiKeys(sql, {
    recordUse: (id) => void uses.push(id),
    now: () => clock.now,
  });
  return { find, table, queries, uses, clock };
}

Deno.test("an active key gives its client and operations", async () => {
  const apiKey = await setup().find(KEY);
  assert.deepEqual(apiKey, {
    id: "key-1",
    clientName: "app",
    allowedOperations: null,
    seesCosts: true,
  });
});

Deno.test("a string that is not exactly an active key gives what is wrong with it", async (t) => {
  const strings: Readonly<Record<string, readonly [key: string, problem: string]>> = {
    empty: ["", "missing"],
    "only the prefix": [PREFIX, "malformed"],
    "right prefix, wrong rest": [GUESS, "unknown"],
    longer: [`${KEY}x`, "malformed"],
    "the hash instead of the key": [row.keyHash, "unknown"],
    "short, and none of ours": ["secret", "malformed"],
    "of another service, and not taken over": ["sk_of-another-service", "unknown"],
    "one that nobody has made": [generateApiKey("test"), "unknown"],
  };
  for (const [name, [key, problem]] of Object.entries(strings)) {
    await t.step(name, async () => assert.equal(await setup().find(key), problem));
  }
});

Deno.test("only who has all of a key is told that it was revoked, or has expired", async () => {
  const revoked = setup();
  revoked.table.set(PREFIX, { ...row, active: false });
  assert.equal(await revoked.find(KEY), "revoked");
  assert.equal(await revoked.find(GUESS), "unknown");
  const expired = setup();
  expired.clock.now = row.expiresAt.getTime();
  assert.equal(await expired.find(KEY), "expired");
  assert.equal(await expired.find(GUESS), "unknown");
  assert.deepEqual([...revoked.uses, ...expired.uses], []);
});

Deno.test("the database learns the prefix of a key and never the key", async () => {
  const { find, queries } = setup();
  await find(KEY);
  assert.deepEqual(queries, [PREFIX]);
});

Deno.test("a wrong key is refused although the right one was just used", async () => {
  const { find } = setup();
  await find(KEY);
  assert.equal(await find(GUESS), "unknown");
});

Deno.test("a revoked key works for at most 20 seconds more", async () => {
  const { find, table, clock } = setup();
  await find(KEY);
  table.clear();
  clock.now += 19_999;
  assert.equal(typeof await find(KEY), "object");
  clock.now += 1;
  assert.equal(await find(KEY), "unknown");
});

Deno.test("the 20 seconds count from before a slow query, whose answer may be old", async () => {
  const { find, table, clock } = setup();
  clock.queryTakes = 5_000;
  await find(KEY);
  table.clear();
  clock.now += 15_000;
  assert.equal(await find(KEY), "unknown");
});

Deno.test("using a key does not keep a revoked one alive", async () => {
  const { find, table, clock } = setup();
  await find(KEY);
  table.clear();
  for (let second = 0; second < 20; second++) {
    clock.now += 1_000;
    await find(KEY);
  }
  assert.equal(await find(KEY), "unknown");
});

Deno.test("a new key works at the latest 20 seconds after its first use", async () => {
  const { find, table, clock } = setup();
  table.clear();
  assert.equal(await find(KEY), "unknown");
  table.set(PREFIX, row);
  clock.now += 20_000;
  assert.equal(typeof await find(KEY), "object");
});

Deno.test("a key in use costs one query in 20 seconds", async () => {
  const { find, queries } = setup();
  for (let use = 0; use < 50; use++) await find(KEY);
  assert.equal(queries.length, 1);
});

Deno.test("made-up keys do not fill the memory", async () => {
  const { find, queries } = setup();
  const first = generateApiKey("live");
  await find(first);
  for (let index = 0; index < 1_000; index++) await find(generateApiKey("live"));
  const before = queries.length;
  await find(first);
  // Asked for again: what was remembered first has been forgotten.
  assert.equal(queries.length, before + 1);
});

Deno.test("what is mistyped or of another form costs no query", async () => {
  const { find, queries } = setup();
  for (const text of ["", "your-api-key", PREFIX, `${KEY}x`, KEY.toLowerCase()]) await find(text);
  assert.deepEqual(queries, []);
});

Deno.test("a key that expires is refused from that moment on", async () => {
  const { find, clock } = setup();
  clock.now = row.expiresAt.getTime() - 1;
  assert.equal(typeof await find(KEY), "object");
  clock.now += 1;
  assert.equal(await find(KEY), "expired");
});

Deno.test("the use of a key is recorded, and that of no other string", async () => {
  const { find, uses, clock } = setup();
  await find(GUESS);
  assert.deepEqual(uses, []);
  await find(KEY);
  assert.deepEqual(uses, ["key-1"]);
  clock.now = row.expiresAt.getTime();
  await find(KEY);
  assert.deepEqual(uses, ["key-1"]);
});
