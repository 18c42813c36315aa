/**
 * `deno task test soak`: 500 tasks over all lanes while everything goes wrong that can. Ends by itself
 * with what has become of them, and with an error if one of the product's promises was broken.
 */
import { setTimeout } from "node:timers/promises";
import { retry } from "../../../shared/retry.ts";
import { print, tellFailures } from "../../../tools/command_line.ts";
import { findService } from "../../../tools/local/stack/leftovers.ts";
import { showStep } from "../../../tools/progress.ts";
import { type FaultStack, startFaultStack } from "../../faults/fault_stack.ts";
import { SimulatorControl } from "../../faults/simulator_control.ts";
import { countMessages, submitTask } from "../../faults/tasks.ts";
import { testPorts } from "../../support/test_ports.ts";
import { waitUntil } from "../../support/wait_until.ts";
import { setCaps } from "./budgets.ts";
import {
  type Disruption,
  disruptions,
  FREEZE_SECONDS,
  planFaults,
  type Planned,
  SUBMIT_SECONDS,
} from "./plan.ts";
import { report, type Run } from "./report.ts";
import { type MarkedRequest, prepareRequests } from "./requests.ts";
import { SecondMessages } from "./second_messages.ts";
import { ISOLATE_RULES, ISOLATE_SETTINGS, WorkerPool } from "./worker_pool.ts";

const LATENCY_MILLISECONDS = 1_500;
/** The last tasks end with their deadline at the latest. */
const END_SECONDS = 110;
/** A message of no task goes when it is a minute old, and workers look once a minute. */
const QUEUES_SECONDS = 150;
/** Waits between tries to submit while the database is away, in milliseconds. */
const SUBMIT_DELAYS = Array<number>(40).fill(250);

await tellFailures(async () => {
  const stack = await showStep(
    "Stack",
    () =>
      startFaultStack({
        port: testPorts.chaos,
        latencyMs: LATENCY_MILLISECONDS,
        ownWorker: { rules: ISOLATE_RULES, settings: ISOLATE_SETTINGS },
      }),
  );
  let problems: readonly string[] = [];
  try {
    problems = await run(stack);
  } finally {
    await stack.stop();
  }
  for (const problem of problems.slice(0, 40)) print(`✗ ${problem}`);
  print(problems.length === 0 ? "✓ Every promise was kept" : `✗ ${problems.length} problems`);
  Deno.exit(problems.length === 0 ? 0 : 1);
});

async function run(stack: FaultStack): Promise<readonly string[]> {
  const { sql } = stack;
  // So many that no lane is full while its provider answers, and no more than the simulated services
  // take: Tripo ten at once, Recraft five in a second.
  await sql`
    update private.lanes
    set results_per_minute = null,
      max_in_flight = case provider when 'tripo' then 10 when 'recraft' then 5 else 20 end
  `;
  await setCaps(sql);
  const requests = await showStep("Requests", () => prepareRequests(stack));
  const seconds = await SecondMessages.start(sql);
  const pool = await showStep("Four pools of workers", () => WorkerPool.start(stack));
  try {
    const times = await showStep(
      `${requests.length} tasks in ${SUBMIT_SECONDS} s`,
      () => play(stack, pool, requests),
    );
    await showStep("Their ends", () => waitForEnd(stack));
    const messages = await showStep("Empty queues", () => waitForQueues(stack));
    const { lives } = pool;
    return await report(stack, {
      requests,
      messages,
      lives,
      seconds: await seconds.count(),
      ...times,
    });
  } finally {
    seconds.stop();
    await pool.stop();
  }
}

/** Does everything at its time, whatever the rest is doing. */
async function play(
  stack: FaultStack,
  pool: WorkerPool,
  requests: readonly MarkedRequest[],
): Promise<Pick<Run, "startedAt" | "killed">> {
  const ledger = new SimulatorControl(stack.ports.simulators);
  let killed = 0;
  const strike = async (disruption: Disruption): Promise<void> => {
    if (disruption === "kill two workers") killed += pool.kill(2);
    else if (disruption === "restart Postgres") await restartPostgres(stack);
    else await freezeOne(pool);
  };
  const submit = async (request: MarkedRequest): Promise<void> => {
    await retry(() => submitTask(stack.sql, request), { delays: SUBMIT_DELAYS });
  };
  const interval = SUBMIT_SECONDS / requests.length;
  const startedAt = await playTimeline([
    ...requests.map((what, index) => ({ at: index * interval, what: () => submit(what) })),
    ...planFaults().map(({ at, what }) => ({ at, what: () => ledger.order(what) })),
    ...disruptions.map(({ at, what }) => ({ at, what: () => strike(what) })),
  ]);
  return { startedAt, killed };
}

/** Returns when it began, by the clock. */
async function playTimeline(acts: readonly Planned<() => Promise<void>>[]): Promise<number> {
  const startedAt = Date.now();
  const begun: Promise<void>[] = [];
  for (const { at, what } of acts.toSorted((left, right) => left.at - right.at)) {
    await setTimeout(Math.max(0, startedAt + at * 1000 - Date.now()));
    begun.push(what());
  }
  await Promise.all(begun);
  return startedAt;
}

async function freezeOne(pool: WorkerPool): Promise<void> {
  const thaw = pool.freeze();
  await setTimeout(FREEZE_SECONDS * 1000);
  thaw();
}

async function restartPostgres({ folder }: FaultStack): Promise<void> {
  const pid = await findService(folder, "bin/postgres");
  if (pid === undefined) throw new Error("Postgres is not running");
  Deno.kill(pid, "SIGINT");
}

async function waitForEnd({ sql }: FaultStack): Promise<void> {
  await waitUntil("the end of all tasks", async () => {
    const open = await sql`select from public.tasks where finished_at is null limit 1`;
    return open.length === 0;
  }, END_SECONDS).catch(() => {});
}

/** Second messages may be left, which go with the next look. Returns how many stay. */
async function waitForQueues({ sql }: FaultStack): Promise<number> {
  const countLeft = async (): Promise<number> => {
    const windingDown = await sql`select from public.tasks where winds_down`;
    return await countMessages(sql) - windingDown.length;
  };
  await waitUntil("empty queues", async () => await countLeft() === 0, QUEUES_SECONDS)
    .catch(() => {});
  return await countLeft();
}
