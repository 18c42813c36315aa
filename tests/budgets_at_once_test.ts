import assert from "node:assert/strict";
import postgres from "postgres";
import { applyMigrations, applyPlatform } from "./support/migrations.ts";
import { inDatabase, withOwnDatabase } from "./support/own_database.ts";

const CONNECTIONS = 50;
const SUBMITS = 100;
const USD = 0.04;
/** Room for one more, in USD: caps have two decimals. */
const ROOM = 0.07;
const LARGE = 1_000_000;

interface Limit {
  readonly name: string;
  readonly isOfUser?: boolean;
  /** Sets it, given what is used already. */
  set(sql: postgres.Sql, usedUsd: number, usedImages: number): Promise<unknown>;
}

const limits: readonly Limit[] = [
  {
    name: "usd_per_day",
    isOfUser: true,
    set: (sql, usd) => sql`update private.plans set usd_per_day = ${usd + ROOM}::numeric`,
  },
  {
    name: "images_per_day",
    isOfUser: true,
    set: (sql, _, images) => sql`update private.plans set images_per_day = ${images + 1}::integer`,
  },
  {
    name: "project_usd_per_day",
    set: (sql, usd) => sql`update private.limits set project_usd_per_day = ${usd + ROOM}::numeric`,
  },
  {
    name: "project_usd_per_month",
    set: (sql, usd) =>
      sql`update private.limits set project_usd_per_month = ${usd + ROOM}::numeric`,
  },
  {
    name: "provider_usd_per_day",
    set: (sql, usd) => sql`update private.lanes set usd_per_day = ${usd + ROOM}::numeric`,
  },
  {
    name: "key_usd_per_day",
    set: (sql, usd) => sql`update private.api_keys set usd_per_day = ${usd + ROOM}::numeric`,
  },
];

interface Answer {
  readonly exceeded: string | null;
}

/** Submits of so many users at once, each on a connection of its own as far as there are so many. */
async function submitAtOnce(
  sql: postgres.Sql,
  count: number,
  users: readonly string[],
  usd = USD,
): Promise<readonly Answer[]> {
  const answers = Array.from({ length: count }, async (_, number) => {
    const [answer] = await sql<Answer[]>`
      select exceeded_limit as exceeded
      from private.submit_task(
        ${users[number % users.length] ?? ""}::uuid, ${crypto.randomUUID()}::text, 'text-to-image',
        'flux', '{}'::jsonb, 'image', 1, 600, 'request',
        p_api_key_id => (select id from private.api_keys),
        p_estimate_usd => ${usd}::numeric
      )
    `;
    if (!answer) throw new Error("No row of submit_task");
    return answer;
  });
  return await Promise.all(answers);
}

async function withBudgets(
  work: (sql: postgres.Sql, users: readonly string[]) => Promise<void>,
): Promise<void> {
  await withOwnDatabase("budgets", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await applyMigrations(sql);
      await sql`
        insert into private.api_keys (prefix, key_hash, client_name)
        values ('m3d_test_0123456', sha256('key'), 'Test')
      `;
      await sql`update private.lanes set max_in_flight = 10000`;
      await sql`update private.pools set max_in_flight = 10000`;
    });
    const sql = postgres(url, { max: CONNECTIONS, onnotice: () => {} });
    try {
      const users = Array.from({ length: 16 }, () => crypto.randomUUID());
      await sql`insert into auth.users (id) select unnest(${users}::uuid[])`;
      await work(sql, users);
    } finally {
      await sql.end();
    }
  });
}

/** Caps that nothing comes near to, so that all is counted in stripes; and nothing is used. */
async function beginAnew(sql: postgres.Sql): Promise<void> {
  await sql`
    update private.plans
    set images_per_day = null, models_per_day = null, usd_per_day = null,
      submits_per_minute = null, active_tasks = null
  `;
  await sql`
    update private.limits
    set project_usd_per_day = ${LARGE}, project_usd_per_month = ${LARGE}, provider_usd_per_day = ${LARGE}
  `;
  await sql`update private.lanes set usd_per_day = null`;
  await sql`update private.api_keys set usd_per_day = ${LARGE}`;
  await sql`truncate public.tasks cascade`;
  await sql`truncate private.user_spending, private.spending, private.spending_stripes`;
}

function countAccepted(answers: readonly Answer[]): number {
  return answers.filter(({ exceeded }) => exceeded === null).length;
}

Deno.test("of a hundred submits at once with room for one, one is accepted", async (t) => {
  await withBudgets(async (sql, users) => {
    for (const { name, isOfUser = false, set } of limits) {
      for (const used of [0, 200]) {
        await t.step(`${name}, after ${used}`, async () => {
          await beginAnew(sql);
          const those = isOfUser ? users.slice(0, 1) : users;
          assert.equal(countAccepted(await submitAtOnce(sql, used, those)), used);
          await set(sql, used * USD, used);

          const answers = await submitAtOnce(sql, SUBMITS, those);
          assert.equal(countAccepted(answers), 1);
          assert.deepEqual(
            new Set(answers.map(({ exceeded }) => exceeded)),
            new Set([null, name]),
          );
        });
      }
    }
  });
});

Deno.test("a project's cap is filled to the last request, from stripes to exact counting", async () => {
  await withBudgets(async (sql, users) => {
    await beginAnew(sql);
    const [cap, usd] = [1_500, 0.5];
    await sql`update private.limits set project_usd_per_day = ${cap}::numeric`;
    const answers = await submitAtOnce(sql, 1.1 * cap / usd, users, usd);
    assert.equal(countAccepted(answers), cap / usd);
    const [row] = await sql<{ stripes: number; total: number }[]>`
      select
        (select count(*)::integer from private.spending_stripes) as stripes,
        private.used_usd('project', '', day, day)::float8 as total
      from private.spending_day(now()) as day
    `;
    assert.equal(row?.total, cap);
    assert.ok(row.stripes > 1, "they were counted in stripes");
  });
});
