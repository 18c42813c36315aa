import type postgres from "postgres";
import { applyMigrations, applyPlatform } from "../support/migrations.ts";
import { inDatabase, withOwnDatabase } from "../support/own_database.ts";
import { KEYS, LANES, USERS } from "./vocabulary.ts";

/**
 * Gives the work a database of its own in the test stack's server, with the project's migrations and
 * small lanes: no worker of the stack claims into it, and nothing in it is in anybody's way.
 */
export async function withProject(work: (url: string) => Promise<void>): Promise<void> {
  await withOwnDatabase("properties", async (url) => {
    await inDatabase(url, migrate);
    await work(url);
  });
}

async function migrate(sql: postgres.Sql): Promise<void> {
  await applyPlatform(sql);
  await applyMigrations(sql);
  await setDays(sql);
  for (const [index, id] of KEYS.entries()) {
    await sql`
      insert into private.api_keys (id, prefix, key_hash, client_name)
      values (${id}, ${`m3d_test_000000${index}`}, sha256(${id}::bytea), 'App')
    `;
  }
  // Every submit is to be accepted here; pgTAP tests are about the limits.
  await sql`
    update private.plans
    set images_per_day = null, models_per_day = null, usd_per_day = null,
      submits_per_minute = null, active_tasks = null
  `;
  await sql`
    update private.limits
    set project_usd_per_day = null, project_usd_per_month = null, provider_usd_per_day = null
  `;
  await sql`update private.content_limits set slow_after = null, block_after = null`;
  await sql`delete from private.lanes`;
  for (const { name, maxInFlight, perMinute, maxAmbiguousRetries, pools } of LANES) {
    await sql`
      select private.add_lane(
        ${name}, p_max_in_flight => ${maxInFlight}, p_results_per_minute => ${perMinute},
        p_max_ambiguous_retries => ${maxAmbiguousRetries}::smallint,
        p_pools => ${
      sql.json(Object.fromEntries(pools.map((pool) => [pool.name, pool.maxInFlight])))
    }::jsonb
      )
    `;
  }
  for (const { id } of USERS) await sql`insert into auth.users (id) values (${id})`;
}

/**
 * Days that begin when the test says so: a moment like all others, which time passes by. The first is
 * the last but one of a month, so that months pass, too.
 */
async function setDays(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create table public.first_day as select now() - interval '23 hours' as began_at;
    create or replace function private.spending_day(p_at timestamptz)
    returns date
    language plpgsql
    stable
    set search_path = ''
    as $$
    begin
      return date '2026-01-30'
        + floor(extract(epoch from p_at - (select began_at from public.first_day)) / 86400)::integer;
    end;
    $$;
  `);
}
