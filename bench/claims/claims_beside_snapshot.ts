import postgres from "postgres";
import { median } from "../statistics.ts";
import { addTasks, clearTasks } from "./lanes_database.ts";

const LANE = "a";
const TASKS = 100;
/** A claim and a settlement of a poll write a version each of the task and of its message. */
const VERSIONS_PER_POLL = 4;
const VERSIONS = [0, 2_000, 10_000, 20_000, 50_000] as const;
const SAMPLES = 15;

interface Claimed {
  readonly id: string;
  readonly lease: string;
}

export interface ClaimTime {
  /** Of rows of tasks and messages, which Postgres cannot remove yet. */
  readonly versions: number;
  /** Milliseconds, medians. */
  readonly claimOfTwenty: number;
  readonly claimOfNothing: number;
  readonly settlement: number;
}

/** How long claims take while another client keeps a snapshot open, and polls go on. */
export async function measureBesideSnapshot(
  url: string,
  sql: postgres.Sql,
): Promise<ClaimTime[]> {
  await clearTasks(sql);
  await addTasks(sql, LANE, TASKS);
  await sql`vacuum (analyze)`;
  for (let claims = await claim(sql, TASKS); claims.length > 0; claims = await claim(sql, TASKS)) {
    if (claims.length > 0) await snooze(sql, claims);
    if (await countWaiting(sql) === 0) break;
  }
  const other = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await other.unsafe("begin isolation level repeatable read");
    await other`select count(*) from public.tasks`;
    const times: ClaimTime[] = [];
    let polls = 0;
    for (const versions of VERSIONS) {
      while (polls * VERSIONS_PER_POLL < versions) {
        const claims = await claim(sql);
        await snooze(sql, claims);
        polls += claims.length;
      }
      times.push({ versions, ...await sample(sql) });
    }
    return times;
  } finally {
    await other.end({ timeout: 0 });
  }
}

async function sample(sql: postgres.Sql): Promise<Omit<ClaimTime, "versions">> {
  const [claims, nothing, settlements]: [number[], number[], number[]] = [[], [], []];
  for (let number = 0; number < SAMPLES; number++) {
    let claimed: Claimed[] = [];
    claims.push(await timed(async () => void (claimed = await claim(sql))));
    nothing.push(await timed(() => claim(sql, 20, 0)));
    settlements.push(await timed(() => snooze(sql, claimed.slice(0, 1))));
    await snooze(sql, claimed.slice(1));
  }
  return {
    claimOfTwenty: median(claims),
    claimOfNothing: median(nothing),
    settlement: median(settlements),
  };
}

async function claim(sql: postgres.Sql, starts = 20, polls = 20): Promise<Claimed[]> {
  return await sql<Claimed[]>`
    select id, lease from private.claim_tasks(${starts}::integer, ${polls}::integer, 600)
  `;
}

/** The provider works on all of them. */
async function snooze(sql: postgres.Sql, claims: readonly Claimed[]): Promise<void> {
  for (const { id, lease } of claims) {
    await sql`
      select
        private.mark_call_sent(${id}::uuid, ${lease}::bigint),
        private.settle_task(
          ${id}::uuid, ${lease}::bigint,
          '{"kind": "snooze", "handle": "job", "delay_seconds": 0, "call": {}}'
        )
    `;
  }
}

async function countWaiting(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::integer from public.tasks where handle is null
  `;
  return row?.count ?? 0;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
