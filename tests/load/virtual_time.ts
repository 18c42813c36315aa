import postgres from "postgres";
import { applyMigrations, applyPlatform } from "../support/migrations.ts";
import { withOwnDatabase } from "../support/own_database.ts";

const START = Date.UTC(2026, 0, 1);
const CLOCK = "virtual_time.clock()";

/** A database with the project's migrations whose clock stands still until it is set. */
export interface VirtualTime {
  readonly sql: postgres.Sql;
  /** Sets the clock to so many seconds from the beginning. */
  readonly set: (second: number) => Promise<void>;
}

/**
 * Gives the work such a database. All functions are the project's own, and those of pgmq, but for
 * what they ask for the time.
 */
export async function withVirtualTime(work: (time: VirtualTime) => Promise<void>): Promise<void> {
  await withOwnDatabase("load", async (url) => {
    // One connection: the clock is a setting of the session.
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    const set = async (second: number): Promise<void> => {
      const now = new Date(START + Math.round(second * 1000)).toISOString();
      await sql`select set_config('virtual_time.now', ${now}, false)`;
    };
    try {
      await set(0);
      await migrate(sql);
      // Orders of chance are the same in every run.
      await sql`select setseed(0.5)`;
      await work({ sql, set });
    } finally {
      await sql.end();
    }
  });
}

async function migrate(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema virtual_time;
    create function virtual_time.clock() returns timestamptz language sql stable
    return current_setting('virtual_time.now')::timestamptz;
  `).simple();
  await applyPlatform(sql);
  await applyMigrations(sql, withVirtualClock);
  const functions = await sql<{ definition: string }[]>`
    select pg_get_functiondef(oid) as definition
    from pg_proc
    where pronamespace = 'pgmq'::regnamespace and prosrc ~ '(clock_timestamp|now)\(\)'
  `;
  for (const { definition } of functions) await sql.unsafe(withVirtualClock(definition)).simple();
  await sql`update private.limits set key_submits_per_minute = null`;
  await sql`delete from private.lanes`;
}

function withVirtualClock(text: string): string {
  return text.replace(/\b(?:pg_catalog\.)?(?:clock_timestamp|now)\(\)/g, CLOCK);
}
