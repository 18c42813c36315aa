import assert from "node:assert/strict";
import postgres from "postgres";
import { applyMigrations, applyPlatform } from "./migrations.ts";
import { inDatabase, withOwnDatabase } from "./own_database.ts";
import { waitUntil } from "./wait_until.ts";

/** Of every task that is not said to be another's. */
export const USER = "00000000-0000-4000-8000-000000000001";

/** Work in two connections of a database of its own, in which a deadlock is found soon. */
export async function withTwo(
  work: (
    worker: postgres.ReservedSql,
    other: postgres.ReservedSql,
    watch: postgres.Sql,
  ) => Promise<void>,
): Promise<void> {
  await withOwnDatabase("lock_order", async (url) => {
    await inDatabase(url, async (sql) => {
      await applyPlatform(sql);
      await applyMigrations(sql);
      await sql`insert into auth.users (id) values (${USER})`;
    });
    const notices: string[] = [];
    const sql = postgres(url, {
      max: 4,
      onnotice: ({ message }) => notices.push(message ?? ""),
      connection: { deadlock_timeout: 100, statement_timeout: 10_000 },
    });
    try {
      const [worker, other] = [await sql.reserve(), await sql.reserve()];
      await work(worker, other, sql);
      worker.release();
      other.release();
      // What repairs goes on after one, and says so.
      assert.deepEqual(notices.filter((message) => message.includes("deadlock")), []);
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

/** Submits a text-to-image. Returns the id of its task. */
export async function submit(
  sql: postgres.Sql,
  name: string,
  images: number,
  { user = USER, isLimited = false, provider = "stability" } = {},
): Promise<string> {
  const [task] = await sql<{ id: string }[]>`
    select id from private.submit_task(
      p_user_id => ${user}, p_client_task_id => ${name}, p_operation => 'text-to-image',
      p_provider => ${provider}, p_parameters => '{"prompt": "A cat"}', p_output => 'image',
      p_result_count => ${images}::smallint, p_time_limit_seconds => 600, p_request_id => 'request',
      p_is_limited => ${isLimited}, p_estimate_usd => 0.04
    )
  `;
  return task?.id ?? "";
}

export interface Claim {
  readonly id: string;
  readonly lease: number;
}

/** Claims all that may be. */
export async function claim(sql: postgres.Sql): Promise<Claim[]> {
  return await sql<Claim[]>`
    select id, lease::integer from private.claim_tasks(10, 10, 15)
  `;
}

/** Starts a statement and waits until it waits for a lock, or needed none. */
export async function startWaiting<T>(
  watch: postgres.Sql,
  sql: postgres.ReservedSql,
  statement: () => Promise<T>,
): Promise<{ readonly result: Promise<T> }> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  let isDone = false;
  const result = statement().finally(() => isDone = true);
  // Its failure is told where it is waited for.
  result.catch(() => {});
  await waitUntil("the statement waits", async () => {
    if (isDone) return true;
    const [state] = await watch<{ waits: boolean }[]>`
      select cardinality(pg_blocking_pids(${row?.pid ?? 0})) > 0 as waits
    `;
    return state?.waits === true;
  });
  return { result };
}
