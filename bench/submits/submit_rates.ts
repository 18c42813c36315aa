import postgres from "postgres";
import { clearTasks, LANES } from "../claims/lanes_database.ts";
import { median } from "../statistics.ts";

const CALLERS = 16;
const ROUNDS = 12;
const SECONDS = 0.8;
/** Of the rows that each submit changes, which Postgres cannot remove yet. */
const VERSIONS = 20_000;
const VERSIONS_PER_SUBMIT = 2;
/** In USD: nothing comes near to it. */
const CAP = 1_000_000;
const USD = 0.04;

export interface SubmitRate {
  readonly name: string;
  /** Submits a second with all caps, and without any; medians of the rounds. */
  readonly withCaps: number;
  readonly withoutCaps: number;
  /** With caps to without, of the same round; the median. */
  readonly ratio: number;
}

interface Caller {
  readonly sql: postgres.Sql;
  readonly userId: string;
}

/** Submits a second by 16 callers of 16 users with one key to one provider. */
export async function measureSubmitRates(url: string, sql: postgres.Sql): Promise<SubmitRate[]> {
  await sql`
    insert into private.api_keys (prefix, key_hash, client_name)
    values ('m3d_test_0123456', sha256('key'), 'Bench')
  `;
  const callers = await openCallers(url, sql);
  try {
    const alone = await compareCaps("alone", sql, callers);
    const other = postgres(url, { max: 1, onnotice: () => {} });
    try {
      await other.unsafe("begin isolation level repeatable read");
      // No table that is emptied between the rounds.
      await other`select count(*) from private.plans`;
      await Promise.all(
        callers.map((caller) => submitTimes(caller, VERSIONS / VERSIONS_PER_SUBMIT / CALLERS)),
      );
      return [alone, await compareCaps("beside an open snapshot", sql, callers)];
    } finally {
      await other.end({ timeout: 0 });
    }
  } finally {
    await Promise.all(callers.map((caller) => caller.sql.end()));
  }
}

async function openCallers(url: string, sql: postgres.Sql): Promise<Caller[]> {
  const users = await sql<{ id: string }[]>`select id from auth.users limit ${CALLERS}`;
  return users.map(({ id }) => ({
    sql: postgres(url, { max: 1, onnotice: () => {} }),
    userId: id,
  }));
}

async function compareCaps(
  name: string,
  sql: postgres.Sql,
  callers: readonly Caller[],
): Promise<SubmitRate> {
  const rounds: { on: number; off: number }[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const rates = { on: 0, off: 0 };
    const both = round % 2 === 0 ? ["on", "off"] as const : ["off", "on"] as const;
    for (const state of both) {
      await clearTasks(sql);
      await setCaps(sql, state === "on" ? CAP : null);
      rates[state] = await submitAtOnce(callers);
    }
    if (round >= 0) rounds.push(rates);
  }
  return {
    name,
    withCaps: median(rounds.map(({ on }) => on)),
    withoutCaps: median(rounds.map(({ off }) => off)),
    ratio: median(rounds.map(({ on, off }) => on / off)),
  };
}

async function setCaps(sql: postgres.Sql, cap: number | null): Promise<void> {
  await sql`
    update private.plans
    set usd_per_day = ${cap}, images_per_day = ${cap}, submits_per_minute = null, active_tasks = null
  `;
  await sql`
    update private.limits
    set project_usd_per_day = ${cap}, project_usd_per_month = ${cap}, provider_usd_per_day = ${cap},
      key_usd_per_day = ${cap}
  `;
}

async function submitAtOnce(callers: readonly Caller[]): Promise<number> {
  const end = performance.now() + SECONDS * 1000;
  const counts = await Promise.all(callers.map(async (caller) => {
    let count = 0;
    for (; performance.now() < end; count++) await submit(caller);
    return count;
  }));
  return counts.reduce((sum, count) => sum + count, 0) / SECONDS;
}

async function submitTimes(caller: Caller, times: number): Promise<void> {
  for (let number = 0; number < times; number++) await submit(caller);
}

async function submit({ sql, userId }: Caller): Promise<void> {
  const [row] = await sql<{ exceeded: string | null }[]>`
    select exceeded_limit as exceeded
    from private.submit_task(
      ${userId}::uuid, ${crypto.randomUUID()}::text, 'text-to-image', ${LANES[0]}::text,
      '{"prompt": "A red cube"}'::jsonb, 'image', 1, 36000, 'bench',
      p_api_key_id => (select id from private.api_keys), p_estimate_usd => ${USD}::numeric
    )
  `;
  if (row?.exceeded !== null) throw new Error(`A submit was refused: ${row?.exceeded}`);
}
