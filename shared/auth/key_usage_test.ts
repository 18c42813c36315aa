import assert from "node:assert/strict";
import { fakeSql } from "../../testing/fake_sql.ts";
import { recordLog } from "../../testing/recorded_log.ts";
import { createKeyUsage } from "./key_usage.ts";

interface Setup {
  readonly record: (id: string) => void;
  readonly clock: { now: number };
  /** Ids of the keys whose use was written. */
  readonly writes: unknown[];
  readonly lines: readonly unknown[];
  /** Resolves when all work in the background is done. */
  done(): Promise<unknown>;
}

function setup(answer: () => Promise<readonly unknown[]> = () => Promise.resolve([])): Setup {
  const writes: unknown[] = [];
  const work: Promise<void>[] = [];
  const clock = { now: 1_000_000 };
  const { log, lines } = recordLog();
  const sql = fakeSql(([id]) => {
    writes.push(id);
    return answer();
  });
  const record = createKeyUsage(sql, {
    log,
    now: () => clock.now,
    background: (each) => void work.push(each),
  });
  return { record, clock, writes, lines, done: () => Promise.all(work) };
}

Deno.test("a key in use is written once a minute, each for itself", () => {
  const { record, clock, writes } = setup();
  for (let use = 0; use < 100; use++) record("one");
  record("two");
  clock.now += 59_999;
  record("one");
  assert.deepEqual(writes, ["one", "two"]);
  clock.now += 1;
  record("one");
  assert.deepEqual(writes, ["one", "two", "one"]);
});

Deno.test("nobody waits for the write, and nobody is told that it failed but the log", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const { record, lines, done } = setup(() => promise);
  record("one");
  reject(new Error("Database away"));
  await done();
  assert.equal(lines.length, 1);
});
