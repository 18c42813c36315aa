import { setTimeout } from "node:timers/promises";
import type postgres from "postgres";

/** What the database did for a statement, or for all of its kind. */
export interface StatementCount {
  readonly id: string;
  /** Sent by a client, not run within a function. Its figures have those within it. */
  readonly isTopLevel: boolean;
  readonly calls: number;
  /** Pages of 8 kB that were looked at, found in memory or not. */
  readonly buffers: number;
  readonly dirtied: number;
  readonly walBytes: number;
}

const QUIET_READS = 5;
const READ_EVERY_MILLISECONDS = 10;

/**
 * Has Postgres count with pg_stat_statements, which it must load as it starts, and keeps what it does
 * now and then by itself out of the figures: autovacuum, and pages in the log as a whole after a
 * checkpoint. Nothing is counted before `startCounting`.
 */
export async function allowCounting(
  sql: postgres.Sql,
  restart: () => Promise<void>,
): Promise<void> {
  await sql`alter system set shared_preload_libraries = 'pg_stat_statements'`;
  await sql`alter system set autovacuum = off`;
  await sql`alter system set full_page_writes = off`;
  await restart();
  await sql`create schema bench`;
  await sql`create extension pg_stat_statements schema bench`;
  await stopCounting(sql);
}

export async function startCounting(sql: postgres.Sql): Promise<void> {
  await sql`alter system set pg_stat_statements.track = 'all'`;
  await sql`select pg_reload_conf()`;
}

export async function stopCounting(sql: postgres.Sql): Promise<void> {
  await sql`alter system set pg_stat_statements.track = 'none'`;
  await sql`select pg_reload_conf()`;
}

/**
 * Counts what the functions have the database do until it is quiet again after the work, which must
 * make them ask it for something.
 */
export async function countStatements(
  sql: postgres.Sql,
  work: () => Promise<unknown>,
): Promise<StatementCount[]> {
  await sql`select bench.pg_stat_statements_reset()`;
  await work();
  let last: StatementCount[] = [];
  for (let same = 0; same < QUIET_READS;) {
    await setTimeout(READ_EVERY_MILLISECONDS);
    const counts = await readCounts(sql);
    same = counts.length > 0 && callsOf(counts) === callsOf(last) ? same + 1 : 0;
    last = counts;
  }
  return last;
}

function callsOf(counts: readonly StatementCount[]): number {
  return counts.reduce((sum, { calls }) => sum + calls, 0);
}

/** Of the functions only: Auth, Storage and this process have other roles. */
async function readCounts(sql: postgres.Sql): Promise<StatementCount[]> {
  return await sql<StatementCount[]>`
    select
      queryid::text as id,
      toplevel as "isTopLevel",
      calls::integer,
      (shared_blks_hit + shared_blks_read)::integer as buffers,
      shared_blks_dirtied::integer as dirtied,
      wal_bytes::integer as "walBytes"
    from bench.pg_stat_statements
    where userid in ('postgres'::regrole, 'authenticated'::regrole)
  `;
}
