import { waitUntil } from "../../tests/support/wait_until.ts";
import { type Costs, costsOf, type TaskCounts } from "./costs.ts";
import { countStatements, startCounting, stopCounting } from "./statement_counts.ts";
import type { Version } from "./version.ts";

/** Each of the functions' connections parses and plans its statements first, some of them six times. */
const WARM_UPS = 25;
const TASKS = 40;

/**
 * Counts what the database does for one task after the other, in a database that knows how much it
 * holds: it plans for an empty one otherwise.
 */
export async function countCosts(version: Version): Promise<Costs> {
  const tasks: TaskCounts[] = [];
  await version.sql`vacuum (analyze)`;
  await startCounting(version.sql);
  for (let number = -WARM_UPS; number < TASKS; number++) {
    const counts = await followTask(version);
    if (number >= 0) tasks.push(counts);
  }
  await stopCounting(version.sql);
  return costsOf(tasks);
}

async function followTask(
  { clients, provider, sql, worker, ...version }: Version,
): Promise<TaskCounts> {
  const [client] = clients;
  const prompt = crypto.randomUUID();
  const arrival = provider.arrivalOf(prompt);
  let id = "";
  provider.hold();
  const idleLook = await countStatements(sql, () => version.wakeWorker());
  await worker.pause();
  const submit = await countStatements(sql, async () => id = await client.submit(prompt));
  const status = await countStatements(sql, () => client.readStatus(id));
  const claim = await countStatements(sql, async () => {
    worker.resume();
    await version.wakeWorker();
    await arrival;
  });
  const busyLook = await countStatements(sql, () => version.wakeWorker());
  const settlement = await countStatements(sql, async () => {
    provider.release();
    await waitUntil("the end of a task", async () => {
      const rows = await sql`select from public.tasks where id = ${id} and status = 'complete'`;
      return rows.length === 1;
    });
  });
  return { idleLook, submit, status, claim, busyLook, settlement };
}
