import { waitUntil } from "../../tests/support/wait_until.ts";
import { type Cost, type Costs, costsOf, type TaskCounts } from "./costs.ts";
import { countStatements, startCounting, stopCounting } from "./statement_counts.ts";
import type { Version } from "./version.ts";

/** Each of the functions' connections parses and plans its statements first, some of them six times. */
const WARM_UPS = 20;
const TASKS = 30;

/**
 * Counts what the database does for one task after the other. It must hold some already: for few rows
 * it has other plans than for many.
 *
 * What is written counts in tables that are packed anew each time: else it is chance whether a page has
 * to be cleaned first, or has room for a row's next version, which needs no index entries then. That
 * makes connections look up the tables anew, so what is read counts without.
 */
export async function countCosts(version: Version): Promise<Costs> {
  const { sql } = version;
  await startCounting(sql);
  const written = await countTasks(version, () => sql`vacuum (full)`, 0);
  await sql`vacuum (full, analyze)`;
  const read = await countTasks(version, () => Promise.resolve(), WARM_UPS);
  await stopCounting(sql);
  return {
    submit: join(read.submit, written.submit),
    claim: join(read.claim, written.claim),
    settlement: join(read.settlement, written.settlement),
    status: join(read.status, written.status),
    idlePoll: join(read.idlePoll, written.idlePoll),
  };
}

function join({ statements, buffers }: Cost, { dirtied, walBytes }: Cost): Cost {
  return { statements, buffers, dirtied, walBytes };
}

async function countTasks(
  version: Version,
  prepare: () => Promise<unknown>,
  warmUps: number,
): Promise<Costs> {
  const tasks: TaskCounts[] = [];
  for (let number = -warmUps; number < TASKS; number++) {
    await prepare();
    const counts = await followTask(version);
    if (number >= 0) tasks.push(counts);
  }
  return costsOf(tasks);
}

async function followTask(
  { client, provider, sql, worker, wakeWorker }: Version,
): Promise<TaskCounts> {
  const prompt = crypto.randomUUID();
  const arrival = provider.arrivalOf(prompt);
  let id = "";
  provider.hold();
  const idlePoll = await countStatements(sql, wakeWorker);
  await worker.pause();
  const submit = await countStatements(sql, async () => id = await client.submit(prompt));
  const status = await countStatements(sql, () => client.readStatus(id));
  const claim = await countStatements(sql, async () => {
    worker.resume();
    await wakeWorker();
    await arrival;
  });
  const busyPoll = await countStatements(sql, wakeWorker);
  const settlement = await countStatements(sql, async () => {
    provider.release();
    await waitUntil("the end of a task", async () => {
      const rows = await sql`select from public.tasks where id = ${id} and status = 'complete'`;
      return rows.length === 1;
    });
  });
  return { idlePoll, submit, status, claim, busyPoll, settlement };
}
