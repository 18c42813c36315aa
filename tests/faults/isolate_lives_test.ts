import assert from "node:assert/strict";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { hostedDeno } from "../../tools/local/stack/isolates/deno_version.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";
import { type FaultStack, type FaultStackOptions, startFaultStack } from "./fault_stack.ts";
import { SimulatorControl } from "./simulator_control.ts";
import { readFacts, submitTask, type TaskFacts } from "./tasks.ts";

/** The first test user of the seed. */
const USER_ID = "00000000-0000-4000-8000-000000000001";
const LIFE_SECONDS = 6;

async function withIsolates(
  options: Omit<FaultStackOptions, "port" | "latencyMs">,
  test: (stack: FaultStack) => Promise<void>,
): Promise<void> {
  const stack = await startFaultStack({ port: testPorts.isolates, latencyMs: 0, ...options });
  try {
    await test(stack);
  } finally {
    await stack.stop();
  }
}

/** As a submit whose wake-up was lost: only the schedule can find it. */
async function submitUnseen({ sql }: FaultStack): Promise<string> {
  return await submitTask(sql, {
    userId: USER_ID,
    clientTaskId: crypto.randomUUID(),
    operation: "text-to-image",
    provider: "openai",
    parameters: { prompt: "A cube" },
    output: "image",
    timeLimitSeconds: 120,
  });
}

async function followToEnd({ sql }: FaultStack, id: string): Promise<TaskFacts> {
  return await waitUntil("the end of the task", async () => {
    const facts = await readFacts(sql, id);
    return ["complete", "failed"].includes(facts.status) && facts;
  }, 60);
}

Deno.test("a call that outlives its isolate is lost with it, and the next isolate makes it again", async () => {
  await withIsolates({ ownWorker: { rules: { lifeSeconds: LIFE_SECONDS } } }, async (stack) => {
    const simulators = new SimulatorControl(stack.ports.simulators);
    await simulators.order({ provider: "openai", kind: "slow", times: 1, latency_ms: 60_000 });
    const { status, calls, files } = await followToEnd(stack, await submitUnseen(stack));
    assert.deepEqual({ status, calls, files: files.length }, {
      status: "complete",
      calls: ["ambiguous", "succeeded"],
      files: 1,
    });
    const lost = stack.worker.ends.filter(({ pendingPromises }) => pendingPromises > 0);
    assert.deepEqual(lost.map(({ reason }) => reason), ["wall_clock"]);
  });
});

Deno.test("the platform's Deno works in isolates, woken in the platform's rhythm, and an idle system wakes nobody", async () => {
  const deno = hostedDeno(await installTool(foldersOf(testPorts.isolates).tools, "hostedDeno"));
  const ownWorker = { deno, rules: { idleSeconds: 1 } };
  await withIsolates({ ownWorker, schedule: "hosted" }, async ({ worker, ...stack }) => {
    const hasEnded = (): Promise<boolean> => Promise.resolve(worker.pids.length === 0);
    await waitUntil("the end of the isolate without work", hasEnded);
    const id = await submitUnseen({ worker, ...stack });
    assert.equal((await followToEnd({ worker, ...stack }, id)).status, "complete");
    await waitUntil("the end of the isolate", hasEnded);
    assert.deepEqual(worker.ends.map(({ reason }) => reason), ["early_drop", "early_drop"]);
    assert.equal(worker.ends[0]?.requests, 0, "nothing was due, and nobody was woken");
  });
});
