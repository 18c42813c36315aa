import assert from "node:assert/strict";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";
import { type FaultStack, startFaultStack } from "./fault_stack.ts";
import { SimulatorControl } from "./simulator_control.ts";
import { readFacts, submitTask } from "./tasks.ts";

const CALLS = 40;
/** A tenth of everything: calls of 30 to 120 s in isolates of 150 s. */
const SCALE = 10;
const LIFE_SECONDS = 150 / SCALE;
const MAX_CALL_SECONDS = 120 / SCALE;
const MIN_CALL_SECONDS = 30 / SCALE;
const USER_ID = "00000000-0000-4000-8000-000000000001";

for (const requests of ["one", "many"] as const) {
  Deno.test(`calls that take most of an isolate's life are bought once (requests: ${requests})`, async () => {
    const stack = await startFaultStack({
      port: testPorts.longCalls,
      latencyMs: 0,
      ownWorker: {
        // What a worker does in so short a life is not the platform's: its processor time is tried
        // by itself.
        rules: { lifeSeconds: LIFE_SECONDS, processorSeconds: Infinity, requests },
        settings: {
          ISOLATE_SECONDS: String(LIFE_SECONDS),
          WORKER_BUDGET_SECONDS: String(50 / SCALE),
        },
      },
    });
    try {
      await check(stack);
    } finally {
      await stack.stop();
    }
  });
}

async function check({ sql, ports, worker }: FaultStack): Promise<void> {
  const ledger = new SimulatorControl(ports.simulators);
  await sql`update private.lanes set max_in_flight = 20`;
  const longer = (MAX_CALL_SECONDS - MIN_CALL_SECONDS) * 0.95 / (CALLS - 1);
  for (let call = 0; call < CALLS; call++) {
    const latency_ms = Math.round((MIN_CALL_SECONDS + call * longer) * 1_000);
    await ledger.order({ provider: "stability", kind: "slow", times: 1, latency_ms });
  }
  const ids = await Promise.all(Array.from({ length: CALLS }, (_, call) =>
    submitTask(sql, {
      userId: USER_ID,
      clientTaskId: `long call ${call}`,
      provider: "stability",
      operation: "text-to-image",
      output: "image",
      parameters: { prompt: `Long call ${call}` },
      timeLimitSeconds: 600,
      maxCallSeconds: MAX_CALL_SECONDS,
    })));
  const facts = await waitUntil(
    "the end of all",
    async () => {
      const found = await Promise.all(ids.map((id) => readFacts(sql, id)));
      return found.every(({ status }) => !["pending", "processing"].includes(status)) && found;
    },
    240,
    500,
  );
  assert.deepEqual(
    facts.map(({ status, calls }) => [status, ...calls]),
    ids.map(() => ["complete", "succeeded"]),
  );
  assert.equal((await ledger.read()).length, CALLS, "what was bought");
  const cut = worker.ends.filter(({ reason, pendingPromises }) =>
    reason === "wall_clock" && pendingPromises > 0
  );
  assert.deepEqual(cut, [], "isolates that ended in their work");
  assert.ok(worker.spawned > 2, "more than one life was needed");
}
