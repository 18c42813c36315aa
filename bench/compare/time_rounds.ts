import { waitUntil } from "../../tests/support/wait_until.ts";
import { repeat } from "../load.ts";
import { median } from "../statistics.ts";
import { backendTimeOf } from "./backend_time.ts";
import type { Version } from "./version.ts";

const SUBMITS = 20;
const STATUS_READS = 50;
const FOLLOWED_TASKS = 4;
const WARM_UP_ROUNDS = 5;
const ROUNDS_OF_A_PROCESS = 40;
const ROUNDS_OF_A_VACUUM = 10;
const TIMEOUT_SECONDS = 60;

/** Milliseconds of the two versions. */
export interface TimePair {
  readonly ours: number;
  readonly theirs: number;
}

/** The times of a round, by the names that the table shows. */
export type Round = Readonly<Record<string, TimePair>>;

/** Does something with a version; returns milliseconds of the part that counts. */
type Part = (version: Version) => Promise<number>;

/**
 * Measures both versions in turns. Now and then both are started anew: a process may be a little faster
 * or slower than another of the same code for as long as it lives.
 */
export async function timeRounds(
  ours: Version,
  theirs: Version,
  rounds: number,
): Promise<Round[]> {
  const results: Round[] = [];
  while (results.length < rounds) {
    if (results.length > 0) await Promise.all([ours.restart(), theirs.restart()]);
    const left = rounds - results.length;
    results.push(...await timeSomeRounds(ours, theirs, Math.min(left, ROUNDS_OF_A_PROCESS)));
  }
  return results;
}

/**
 * Both versions take turns call by call: whatever else the machine does, it meets both. Which of them
 * comes first changes, too.
 */
async function timeSomeRounds(
  ours: Version,
  theirs: Version,
  rounds: number,
): Promise<Round[]> {
  const results: Round[] = [];
  for (let number = -WARM_UP_ROUNDS; number < rounds; number++) {
    if (number % ROUNDS_OF_A_VACUUM === 0) await Promise.all([vacuum(ours), vacuum(theirs)]);
    const isSwapped = number % 2 !== 0;
    const both = isSwapped ? [theirs, ours] as const : [ours, theirs] as const;
    const round = await timeRound(...both);
    if (number >= 0) results.push(isSwapped ? swap(round) : round);
  }
  return results;
}

async function timeRound(first: Version, second: Version): Promise<Round> {
  const takeTurns = async (times: number, part: Part): Promise<TimePair> => {
    const [ours, theirs]: [number[], number[]] = [[], []];
    await repeat(times, async () => {
      ours.push(await part(first));
      theirs.push(await part(second));
    });
    return { ours: median(ours), theirs: median(theirs) };
  };
  for (const { provider } of [first, second]) provider.hold();
  return {
    "Submit": await takeTurns(SUBMITS, submit),
    "Submit, Postgres' processor time": await takeTurns(SUBMITS, submitForBackendTime),
    "Claim and settle, per task": await takeTurns(1, drain),
    "Status": await takeTurns(STATUS_READS, readStatus),
    "Status, Postgres' processor time": await takeTurns(STATUS_READS, readStatusForBackendTime),
    "Submit to complete": await takeTurns(FOLLOWED_TASKS, followTask),
  };
}

function swap(round: Round): Round {
  return Object.fromEntries(
    Object.entries(round).map(([name, { ours, theirs }]) => [name, { ours: theirs, theirs: ours }]),
  );
}

/** What Postgres would do by itself at some time. */
async function vacuum({ sql }: Version): Promise<void> {
  await sql`vacuum (analyze)`;
  await sql`checkpoint`;
}

/** While the provider holds what the lane lets through: the worker polls at each wake, and finds nothing. */
async function submit({ nextClient }: Version): Promise<number> {
  const client = nextClient();
  return await timeOf(() => client.submit());
}

async function submitForBackendTime({ nextClient, sql }: Version): Promise<number> {
  const client = nextClient();
  return await backendTimeOf(sql, "generation", () => client.submit());
}

/** Of each task that has been submitted, from the moment when the provider answers. */
async function drain({ provider, sql, wakeWorker }: Version): Promise<number> {
  const milliseconds = await timeOf(async () => {
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
  });
  return milliseconds / (2 * SUBMITS);
}

async function readStatus({ client, task }: Version): Promise<number> {
  return await timeOf(() => client.readStatus(task));
}

async function readStatusForBackendTime({ client, sql, task }: Version): Promise<number> {
  return await backendTimeOf(sql, "tasks-status", () => client.readStatus(task));
}

async function followTask({ client, sql }: Version): Promise<number> {
  return await timeOf(async () => {
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
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
