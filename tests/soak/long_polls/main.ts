/**
 * By hand, on a running stack: a thousand who wait at once, and what that costs.
 * `TEST_PORT=54321 deno run --allow-all tests/soak/long_polls/main.ts`
 */
import { setTimeout } from "node:timers/promises";
import { print, tellFailures } from "../../../tools/command_line.ts";
import { findService } from "../../../tools/local/stack/leftovers.ts";
import { stack, withDatabase } from "../../support/stack.ts";
import { countCalls } from "./count_calls.ts";
import { createWaiters, type Waiter } from "./create_waiters.ts";
import { percentile, watchConnections } from "./measure.ts";
import { readProcess } from "./read_process.ts";

const WAITERS = 1_000;
const WAIT_SECONDS = 25;
/** Each task changes once within so many seconds, beginning when all wait. */
const CHANGES_SECONDS = 10;

await tellFailures(async () => {
  const pid = await findService(stack.folder, "functions/tasks-status/index.ts");
  if (pid === undefined) throw new Error(`No stack runs on port ${stack.ports.gateway}`);
  const waiters = await createWaiters(WAITERS);
  try {
    await measureIdle(pid, waiters);
    await measureChanges(pid, waiters);
    await measureCut(waiters);
    for (const [index, seconds] of [30, 150].entries()) {
      const { before, now } = await countCalls(waiters[index], seconds);
      print(`A generation of ${seconds} s: ${before} calls once a second, ${now} with wait=25`);
    }
  } finally {
    await withDatabase((sql) =>
      sql`delete from public.tasks where id = any (${waiters.map(({ id }) => id)})`
    );
  }
});

/** Nothing changes: what it costs to wait. */
async function measureIdle(pid: number, waiters: readonly Waiter[]): Promise<void> {
  const before = await readProcess(pid);
  const connections = watchConnections();
  const answers = Promise.all(waiters.map(({ wait }) => wait(WAIT_SECONDS)));
  await setTimeout(3_000);
  const begun = await readProcess(pid);
  await setTimeout(15_000);
  const waiting = await readProcess(pid);
  const statuses = (await answers).map(({ status }) => status);
  const { most, mostBusy, looks } = await connections.end();
  const seconds = waiting.processorSeconds - begun.processorSeconds;
  print(
    `${WAITERS} waits, nothing changes: ${new Set(statuses).size === 1 ? statuses[0] : "mixed"}`,
  );
  print(`  memory: ${mb(before.bytes)} MB before, ${mb(waiting.bytes)} MB while they wait`);
  print(
    `  processor time to begin: ${(begun.processorSeconds - before.processorSeconds).toFixed(2)} s`,
  );
  print(`  processor time while they wait: ${(seconds / 15 * 1_000).toFixed(1)} ms in a second`);
  print(`  connections: ${most} at most, ${mostBusy} of them with a statement`);
  print(`  statements that look: ${looks} of ${WAIT_SECONDS} s`);
}

/** Each task changes at a moment of its own. */
async function measureChanges(pid: number, waiters: readonly Waiter[]): Promise<void> {
  const connections = watchConnections();
  const before = await readProcess(pid);
  const answered = waiters.map(({ wait }) => wait(WAIT_SECONDS).then(() => performance.now()));
  await setTimeout(3_000);
  const changed = await withDatabase(async (sql) => {
    const start = performance.now();
    return await Promise.all(waiters.map(async ({ id }, number) => {
      const due = start + number * CHANGES_SECONDS * 1_000 / WAITERS;
      await setTimeout(Math.max(1, due - performance.now()));
      await sql`update public.tasks set progress = 50 where id = ${id}`;
      return performance.now();
    }));
  });
  const latencies = (await Promise.all(answered)).map((at, index) => at - (changed[index] ?? at));
  const { most, mostBusy } = await connections.end();
  const { bytes, processorSeconds } = await readProcess(pid);
  print(`${WAITERS} changes within ${CHANGES_SECONDS} s, to ${WAITERS} who wait:`);
  for (const share of [0.5, 0.95, 1]) {
    print(`  answered after ${Math.round(percentile(latencies, share))} ms (p${share * 100})`);
  }
  print(`  connections: ${most} at most, ${mostBusy} of them with a statement`);
  print(
    `  processor time: ${(processorSeconds - before.processorSeconds).toFixed(2)} s, all in all`,
  );
  print(`  memory: ${mb(bytes)} MB`);
}

/** All are gone at once. */
async function measureCut(waiters: readonly Waiter[]): Promise<void> {
  const controller = new AbortController();
  const waits = Promise.allSettled(
    waiters.map(({ wait }) => wait(WAIT_SECONDS, controller.signal)),
  );
  await setTimeout(4_000);
  controller.abort();
  const cut = Date.now();
  await waits;
  await setTimeout(4_000);
  const last = await withDatabase(async (sql) => {
    const [row] = await sql<{ at: Date | null }[]>`
      select max(query_start) as at from pg_stat_activity
      where application_name = 'makeit3d-tasks-status' and query ~ 'changed_tasks'
    `;
    return row?.at?.getTime();
  });
  print(
    `${WAITERS} cut connections: the last statement that looks ${
      last === undefined ? "is none" : `begins ${last - cut} ms after the cut`
    }`,
  );
}

function mb(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}
