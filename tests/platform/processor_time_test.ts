import assert from "node:assert/strict";
import { foldersOf } from "../../tools/local/stack/folders.ts";
import { hostedDeno } from "../../tools/local/stack/isolates/deno_version.ts";
import { installTool } from "../../tools/local/stack/tools.ts";
import { startFaultStack } from "../faults/fault_stack.ts";
import { SimulatorControl } from "../faults/simulator_control.ts";
import { readFacts, submitTask } from "../faults/tasks.ts";
import { testPorts } from "../support/test_ports.ts";
import { waitUntil } from "../support/wait_until.ts";

const TASKS = 200;
const USER_ID = "00000000-0000-4000-8000-000000000001";

Deno.test("200 small tasks are done by isolates of 2 s of processor time, and none is cut off", async () => {
  const port = testPorts.processorTime;
  const deno = hostedDeno(await installTool(foldersOf(port).tools, "hostedDeno"));
  const stack = await startFaultStack({ port, latencyMs: 0, ownWorker: { deno, plan: "free" } });
  try {
    const { sql, ports, worker } = stack;
    await sql`update private.lanes set max_in_flight = 100, results_per_minute = null`;
    const ids = await Promise.all(Array.from({ length: TASKS }, (_, index) =>
      submitTask(sql, {
        userId: USER_ID,
        clientTaskId: `small ${index}`,
        provider: "stability",
        operation: "text-to-image",
        output: "image",
        parameters: { prompt: `Small ${index}` },
        timeLimitSeconds: 600,
      })));
    const facts = await waitUntil(
      "the end of all",
      async () => {
        const found = await Promise.all(ids.map((id) => readFacts(sql, id)));
        return found.every(({ status }) => !["pending", "processing"].includes(status)) && found;
      },
      180,
      500,
    );
    assert.deepEqual(
      // So many at once are more than the service takes, which says so and bills nothing.
      facts.map(({ status, calls }) => [status, ...calls.filter((call) => call !== "failed")]),
      ids.map(() => ["complete", "succeeded"]),
    );
    assert.equal((await new SimulatorControl(ports.simulators).read()).length, TASKS);
    const cut = worker.ends.filter(({ reason }) => reason === "cpu" || reason === "memory");
    assert.deepEqual(cut, [], "isolates that were cut off");
  } finally {
    await stack.stop();
  }
});
