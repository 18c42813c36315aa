import postgres from "postgres";
import { adminUrl } from "../../tools/local/stack/postgres_server.ts";
import { applyMigrations, applyPlatform } from "../../tests/support/migrations.ts";
import { inDatabase } from "../../tests/support/own_database.ts";
import { ports, secrets, withDatabase } from "../stack.ts";

export const LANES = ["a", "b", "c", "d", "e"] as const;

const USERS = 50;

/**
 * Gives the work a database of its own beside the stack's, with five lanes that let everything
 * through: no worker of the stack claims there.
 */
export async function withLanes(
  work: (url: string, sql: postgres.Sql) => Promise<void>,
): Promise<void> {
  const url = new URL(adminUrl(ports.database, secrets.databasePassword));
  url.pathname = "claims";
  await withDatabase(1, async (sql) => {
    await sql`drop database if exists claims with (force)`;
    await sql`create database claims`;
  });
  await inDatabase(url.href, async (sql) => {
    await applyPlatform(sql);
    await applyMigrations(sql);
    await sql`delete from private.lanes`;
    await sql`select private.add_lane(lane, 1000000) from unnest(${[...LANES]}::text[]) as lane`;
    await sql`
      insert into auth.users (id)
      select md5(number::text)::uuid from generate_series(1, ${USERS}::integer) as number
    `;
  });
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    await work(url.href, sql);
  } finally {
    await sql.end();
    await withDatabase(1, (admin) => admin`drop database claims with (force)`);
  }
}

/** Accepts so many tasks in a lane, of all users in turns. */
export async function addTasks(sql: postgres.Sql, lane: string, count: number): Promise<void> {
  await sql`
    select count(private.submit_task(
      md5((1 + number % ${USERS}::integer)::text)::uuid, gen_random_uuid()::text, 'text-to-image',
      ${lane}, '{}', 'image', 1, 36000, 'bench', p_is_limited => false
    ))
    from generate_series(1, ${count}::integer) as number
  `;
}

/** Leaves nothing of an earlier measure. */
export async function clearTasks(sql: postgres.Sql): Promise<void> {
  await sql`truncate public.tasks, private.provider_calls, private.workers cascade`;
  for (const lane of LANES) {
    await sql`truncate pgmq.${sql(`q_${lane}`)}, pgmq.${sql(`q_${lane}_polls`)}`;
  }
}
