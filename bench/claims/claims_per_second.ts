import postgres from "postgres";
import { median } from "../statistics.ts";
import { addTasks, clearTasks, LANES } from "./lanes_database.ts";

const CLAIMERS = [1, 4, 16, 64] as const;
const ROUNDS = 5;
const SECONDS = 1.5;
/** More than are claimed in that time. */
const TASKS_PER_LANE = 1_200;

export interface ClaimRate {
  readonly claimers: number;
  /** Tasks claimed a second; the median of the rounds. */
  readonly perSecond: number;
  /** To one claimer of the same round; the median. */
  readonly ratio: number;
  /** To four claimers of the same round; the median. */
  readonly ratioToFour: number;
}

/** Tasks claimed a second over five lanes with work, by more and more claimers at once. */
export async function measureClaimRates(url: string, sql: postgres.Sql): Promise<ClaimRate[]> {
  const rounds: Record<number, number>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rates: Record<number, number> = {};
    for (const claimers of CLAIMERS) rates[claimers] = await claimAtOnce(url, sql, claimers);
    rounds.push(rates);
  }
  const ratioTo = (claimers: number, other: number): number =>
    median(rounds.map((rates) => (rates[claimers] ?? 0) / (rates[other] ?? 1)));
  return CLAIMERS.map((claimers) => ({
    claimers,
    perSecond: median(rounds.map((rates) => rates[claimers] ?? 0)),
    ratio: ratioTo(claimers, 1),
    ratioToFour: ratioTo(claimers, 4),
  }));
}

async function claimAtOnce(url: string, sql: postgres.Sql, claimers: number): Promise<number> {
  await clearTasks(sql);
  for (const lane of LANES) await addTasks(sql, lane, TASKS_PER_LANE);
  await sql`vacuum (analyze)`;
  const connections = Array.from(
    { length: claimers },
    () => postgres(url, { max: 1, onnotice: () => {} }),
  );
  try {
    await Promise.all(connections.map((connection) => connection`select`));
    const end = performance.now() + SECONDS * 1000;
    const counts = await Promise.all(connections.map((each) => claimUntil(each, end)));
    return counts.reduce((sum, count) => sum + count, 0) / SECONDS;
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

/** As a worker does, one claim after the other. */
async function claimUntil(sql: postgres.Sql, end: number): Promise<number> {
  const workerId = crypto.randomUUID();
  let count = 0;
  while (performance.now() < end) {
    const claims = await sql`
      select id from private.claim_tasks(15, 20, 13, ${workerId}::uuid)
    `;
    count += claims.length;
  }
  return count;
}
