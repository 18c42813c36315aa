import assert from "node:assert/strict";
import postgres from "postgres";
import { waitUntil } from "../support/wait_until.ts";
import { withProject } from "./database.ts";
import { claim, recover, submit } from "./operations.ts";
import { settle, type Settlement } from "./settle.ts";
import { keepInTouch, passTime } from "./time.ts";
import { USERS } from "./vocabulary.ts";

const busy: Settlement = {
  ...{ kind: "failure", code: "provider_rate_limited", isRetryable: true, isFinal: false },
  ...{ isAmbiguous: false, isOwnCut: false, scope: "lane", delay: 0, retryAfter: 40 },
};

async function request(sql: postgres.Sql, name: string): Promise<void> {
  await submit(sql, {
    ...{ userId: USERS[0]?.id ?? "", clientTaskId: name, operation: "text-to-image" },
    ...{ provider: "left", pool: "default", parameters: {}, results: 1, seconds: 600 },
    isLimited: false,
  });
}

/** Tasks that were under way, and whose worker is lost by now. */
async function loseTasks(sql: postgres.Sql, count: number): Promise<void> {
  for (let index = 0; index < count; index++) await request(sql, `lost ${index}`);
  for (const given of await claim(sql, count)) await settle(sql, given, { kind: "mark call sent" });
  await passTime(sql, 70);
  await keepInTouch(sql);
  await recover(sql);
}

async function clear(sql: postgres.Sql): Promise<void> {
  await sql`truncate public.tasks, private.provider_calls, pgmq.q_left cascade`;
  await sql`
    update private.lanes set paused_until = null, rate_limited_until = null, results_per_minute = null
  `;
}

/** The work waits until its first transaction is over, which commits when the second waits or is done. */
async function meanwhile<T>(
  sql: postgres.Sql,
  first: (sql: postgres.Sql) => Promise<unknown>,
  second: () => Promise<T>,
): Promise<T> {
  let isDone = false;
  let result: Promise<T> | undefined;
  const own = await sql.reserve();
  try {
    await own`begin`;
    await first(own);
    result = second().finally(() => isDone = true);
    await waitUntil("the second waits, or is done", async () => {
      const waiting = await sql`
        select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
      `;
      return isDone || waiting.length > 0;
    });
  } finally {
    await own`commit`;
    own.release();
  }
  assert.ok(result);
  return await result;
}

Deno.test("what two do at the same time passes no limit", async (t) => {
  await withProject(async (url) => {
    const sql = postgres(url, { max: 4, onnotice: () => {} });
    try {
      await t.step("a claim that waits for a provider's word obeys it", async () => {
        await clear(sql);
        for (const name of ["first", "second"]) await request(sql, name);
        const [given] = await claim(sql, 1);
        assert.ok(given);
        const started = await meanwhile(
          sql,
          (own) => settle(own, given, busy),
          () => claim(sql, 1),
        );
        assert.equal(started.length, 0, "the lane rests");
      });

      await t.step("lost tasks pass no limit of results", async () => {
        await clear(sql);
        await loseTasks(sql, 2);
        await sql`update private.lanes set results_per_minute = 1`;
        const first: string[] = [];
        const second = await meanwhile(
          sql,
          async (own) => first.push(...(await claim(own, 1)).map(({ id }) => id)),
          () => claim(sql, 1),
        );
        assert.equal(first.length + second.length, 1, "one result in this minute");
      });

      await t.step("lost tasks are not all tried in a lane that was paused", async () => {
        await clear(sql);
        await loseTasks(sql, 2);
        await sql`update private.lanes set paused_until = now() - interval '1 second'`;
        const first: string[] = [];
        const second = await meanwhile(
          sql,
          async (own) => first.push(...(await claim(own, 1)).map(({ id }) => id)),
          () => claim(sql, 1),
        );
        assert.equal(first.length + second.length, 1, "one task probes");
      });
    } finally {
      await sql.end();
    }
  });
});
