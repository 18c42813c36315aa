import { waitUntil } from "../../tests/support/wait_until.ts";
import { inTurns } from "../client.ts";
import { repeat } from "../load.ts";
import type { Version } from "./version.ts";

const SUBMITS = 60;
const STATUS_READS = 200;
const FOLLOWED_TASKS = 12;
const WARM_UP_ROUNDS = 2;
const TIMEOUT_SECONDS = 60;

/** In milliseconds, by what the table calls it. */
export type Times = Readonly<Record<string, number>>;

/** Of the two versions in one round. */
export interface TimePair {
  readonly ours: Times;
  readonly theirs: Times;
}

/**
 * Measures both versions in turns: in each round each part is done by one and at once by the other,
 * which of them first changes from round to round. So what else the machine does meets both.
 */
export async function timeRounds(
  ours: Version,
  theirs: Version,
  rounds: number,
): Promise<TimePair[]> {
  const pairs: TimePair[] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const times = new Map<Version, Times>([[ours, {}], [theirs, {}]]);
    const order = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    for (const part of [tidy, submitAndDrain, readStatus, followTasks]) {
      for (const version of order) {
        times.set(version, { ...times.get(version), ...await part(version) });
      }
    }
    if (round < 0) continue;
    pairs.push({ ours: times.get(ours) ?? {}, theirs: times.get(theirs) ?? {} });
  }
  return pairs;
}

/** What Postgres would do by itself at some time. */
async function tidy({ sql }: Version): Promise<Times> {
  await sql`vacuum (analyze)`;
  await sql`checkpoint`;
  return {};
}

/** Submits while the provider holds the lane's places, then has all tasks done at once. */
async function submitAndDrain({ clients, provider, sql, wakeWorker }: Version): Promise<Times> {
  const nextClient = inTurns(...clients);
  provider.hold();
  const { p50 } = await repeat(SUBMITS, () => nextClient().submit());
  const start = performance.now();
  provider.release();
  await wakeWorker();
  await waitUntil(
    "the end of all tasks",
    async () => {
      const rows = await sql`select from public.tasks where finished_at is null limit 1`;
      return rows.length === 0;
    },
    TIMEOUT_SECONDS,
    3,
  );
  return {
    "Submit": p50,
    "Claim and settle, per task": (performance.now() - start) / SUBMITS,
  };
}

async function readStatus({ clients: [client] }: Version): Promise<Times> {
  const id = await client.submit();
  return { "Status": (await repeat(STATUS_READS, () => client.readStatus(id))).p50 };
}

async function followTasks({ clients: [client], sql }: Version): Promise<Times> {
  const { p50 } = await repeat(FOLLOWED_TASKS, async () => {
    const id = await client.submit();
    await waitUntil(
      "the end of a task",
      async () => {
        const rows = await sql`select from public.tasks where id = ${id} and status = 'complete'`;
        return rows.length === 1;
      },
      TIMEOUT_SECONDS,
      2,
    );
  });
  return { "Submit to complete": p50 };
}
