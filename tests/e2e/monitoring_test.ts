import assert from "node:assert/strict";
import type postgres from "postgres";
import { z } from "zod";
import { followToEnd, signIn, submit, submitTo, type User } from "../support/client.ts";
import { withLane } from "../support/lanes.ts";
import { counts, type Row } from "../support/monitoring/counts.ts";
import { type RawRows, readRawRows, rowsOf } from "../support/monitoring/raw_rows.ts";
import { withFaults } from "../support/simulator.ts";
import { withDatabase } from "../support/stack.ts";
import { waitUntil } from "../support/wait_until.ts";

/** Things that go well and things that do not, each of which some view shows. */
async function letThingsHappen(user: User): Promise<void> {
  const complete = await followToEnd(user, await submit(user));
  assert.equal(complete.status, "complete");
  const faults = { refused: "failed", disconnect: "complete" } as const;
  for (const [kind, status] of Object.entries(faults)) {
    await withFaults([{ kind, times: 1 }], async () => {
      assert.equal((await followToEnd(user, await submit(user), 60)).status, status);
    });
  }
  await withDatabase(async (sql) => {
    const message = { task_id: crypto.randomUUID() };
    await sql`select pgmq.send('stability_polls', ${sql.json(message)})`;
    await waitUntil("the message without a task among the dead", async () => {
      const dead = await sql`
        select from private.dead_letters where message ->> 'task_id' = ${message.task_id}
      `;
      return dead.length > 0;
    });
  });
}

/** What would end by itself, or is not there on the local stack, for a moment nobody else sees. */
async function addPassingTrouble(sql: postgres.TransactionSql, taskId: string): Promise<void> {
  await sql`update public.tasks set deadline_at = now() - interval '1 hour' where id = ${taskId}`;
  await sql`insert into private.workers (id) values (gen_random_uuid())`;
  await addSpending(sql);
  await keepFromEndingTheirMinute(sql);
  await sql`
    select private.report_task(user_id, id, 'It is cruel')
    from public.tasks
    where id = (select id from public.tasks where status = 'complete' and reported_at is null limit 1)
  `;
  const [cron] = await sql<{ job: string | null }[]>`select to_regclass('cron.job')::text as job`;
  if (cron?.job) return;
  await sql.unsafe(`
    create schema if not exists cron;
    create table cron.job (jobid bigint, jobname text, schedule text, active boolean);
    create table cron.job_run_details (
      jobid bigint, runid bigint, status text, return_message text, start_time timestamptz,
      end_time timestamptz
    );
    insert into cron.job values (1, 'wake', '10 seconds', true);
    insert into cron.job_run_details values (1, 1, 'succeeded', '1 row', now(), now());
  `).simple();
}

/** A view looks at the clock when it is read: no call is to leave the last minute until then. */
async function keepFromEndingTheirMinute(sql: postgres.TransactionSql): Promise<void> {
  await sql`
    update private.provider_calls
    set started_at = started_at - interval '1 minute', sent_at = sent_at - interval '1 minute'
    where started_at < now() - interval '15 seconds'
  `;
}

/** On the local stack there are no caps, and little is spent. */
async function addSpending(sql: postgres.TransactionSql): Promise<void> {
  await sql.unsafe(`
    update private.limits set project_usd_per_day = 40, provider_usd_per_day = 25;
    insert into private.spending (scope, scope_id, day, used_usd)
    values ('project', '', '2026-01-31', 3.5), ('project', '', '2026-01-30', 1.5);
    insert into private.spending_stripes (provider, api_key_id, stripe, day, used_usd)
    select 'flux', id, 9999, (now() at time zone 'UTC')::date, 0.25 from private.api_keys limit 1;
    insert into private.user_spending (user_id, day, used_usd)
    select id, (now() at time zone 'UTC')::date, 1.25 from auth.users
    where email = 'test-user@example.com'
    on conflict on constraint user_spending_pkey do update set used_usd = 1.25;
    update private.provider_calls set cost_usd = 0.05, list_price_usd = 0.04
    where id = (select id from private.provider_calls where outcome = 'succeeded' limit 1);
  `).simple();
}

/** Compares what can be compared: the columns that were counted. */
function sorted(rows: readonly Row[], columns: readonly string[]): string[] {
  return rows
    .map((row) => JSON.stringify(columns.map((column) => [column, row[column]])))
    .sort();
}

const row = z.record(z.string(), z.unknown());

Deno.test("every view of monitoring has rows, and says what the tables say", async (t) => {
  const user = await signIn();
  await letThingsHappen(user);
  const later = new Date(Date.now() + 300_000);
  const held = await withLane("recraft", { paused_until: later }, async () => {
    const ids: string[] = [];
    for (const prompt of ["first", "behind it"]) {
      const body = { provider: "recraft", prompt };
      ids.push((await submitTo(user, "text-to-image", body)).celery_task_id);
    }
    await compareViews(t, ids[0] ?? "");
    return ids;
  });
  for (const id of held) assert.equal((await followToEnd(user, id)).status, "complete");
});

async function compareViews(t: Deno.TestContext, taskId: string): Promise<void> {
  const undo = new Error("Rolled back");
  await withDatabase(async (sql) => {
    await sql.begin("isolation level repeatable read", async (transaction) => {
      await addPassingTrouble(transaction, taskId);
      const views = await transaction<{ name: string }[]>`
        select relname as name from pg_class
        where relnamespace = 'monitoring'::regnamespace and relkind = 'v'
      `;
      assert.deepEqual(views.map(({ name }) => name).sort(), Object.keys(counts).sort());

      const raw = await readRawRows(transaction);
      for (const [name, count] of Object.entries(counts)) {
        await t.step(name, async () => {
          const found = z.array(row).parse(await rowsOf(transaction, `monitoring.${name}`));
          const expected = count(raw);
          const columns = Object.keys(expected[0] ?? {});
          assert.ok(found.length > 0, "no rows");
          assert.deepEqual(sorted(found, columns), sorted(expected, columns));
        });
      }
      await t.step("times of operations", async () => {
        compareTimes(await rowsOf(transaction, "monitoring.operations"), raw);
      });
      throw undo;
    }).catch((error) => {
      if (error !== undo) throw error;
    });
  });
}

const seconds = z.number().nullable();
const operation = z.object({
  period: z.enum(["hour", "day"]),
  operation: z.string(),
  provider: z.string(),
  wait_p50: seconds,
  wait_p95: seconds,
  run_p50: seconds,
  run_p95: seconds,
});

function compareTimes(rows: readonly unknown[], { tasks, now }: RawRows): void {
  for (const found of z.array(operation).parse(rows)) {
    const since = now - (found.period === "hour" ? 3_600 : 86_400);
    const times = tasks
      .filter(({ provider, operation }) =>
        provider === found.provider && operation === found.operation
      )
      .flatMap(({ created_at, started_at, finished_at }) =>
        started_at !== null && finished_at !== null && finished_at > since
          ? [{ wait: started_at - created_at, run: finished_at - started_at }]
          : []
      );
    for (const [name, share] of [["p50", 0.5], ["p95", 0.95]] as const) {
      assertClose(found[`wait_${name}`], percentile(times.map(({ wait }) => wait), share));
      assertClose(found[`run_${name}`], percentile(times.map(({ run }) => run), share));
    }
  }
}

/** To the milliseconds that are lost on the way through a Date. */
function assertClose(found: number | null, expected: number | null): void {
  const difference = found === null || expected === null
    ? (found === expected ? 0 : Infinity)
    : Math.abs(found - expected);
  assert.ok(difference < 0.005, `${found} instead of ${expected}`);
}

/** Between two values, in proportion. */
function percentile(values: readonly number[], share: number): number | null {
  const ordered = values.toSorted((left, right) => left - right);
  const place = share * (ordered.length - 1);
  const below = ordered[Math.floor(place)];
  const above = ordered[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}
