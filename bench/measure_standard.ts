/** Measures everything but size, on the stack that `run.ts` has started. */
import { showStep } from "../tools/progress.ts";
import { inTurns } from "./client.ts";
import { createClients } from "./create_clients.ts";
import { raiseLimits } from "./limits.ts";
import { describeMachine } from "./machine.ts";
import { measureCallDelay } from "./measures/call_delay.ts";
import { measureColdStarts } from "./measures/cold_starts.ts";
import { measureDrainedTasks } from "./measures/drained_tasks.ts";
import { measureModuleLoads } from "./measures/module_loads.ts";
import { measureProcessorTimes } from "./measures/processor_times.ts";
import { measureRefusedFlood } from "./measures/refused_flood.ts";
import { measureStatusReads } from "./measures/status_reads.ts";
import { measureSubmits } from "./measures/submits.ts";
import { InstantProvider } from "./provider.ts";
import { publish } from "./publish.ts";
import { withDatabase } from "./stack.ts";

/** Each has their own turn in a lane. */
const USERS = 64;

const ROUNDS = { rounds: 5, seconds: 1.5 };

const start = performance.now();
const machine = describeMachine();
const [flooder, client, ...others] = await withDatabase(
  1,
  (sql) => createClients(sql, 1 + USERS),
);
if (!flooder || !client) throw new Error("No user to submit for");
await withDatabase(1, raiseLimits);
const provider = new InstantProvider();

const throughput = [
  ...await showStep("Submits", () => measureSubmits([client, ...others], ROUNDS)),
  ...await showStep("Status reads", () => measureStatusReads(client, ROUNDS)),
];
const flood = await showStep(
  "A flood of refused submits",
  () => measureRefusedFlood(flooder, inTurns(client, ...others), ROUNDS),
);
const processorTimes = await showStep(
  "Processor time",
  () => measureProcessorTimes([client, ...others]),
);
const delay = await showStep("Delays", () => measureCallDelay(client, provider, 300));
const drain = await showStep(
  "Drained tasks",
  () => measureDrainedTasks([client, ...others], { rounds: 5, tasks: 300 }),
);
const coldStarts = await showStep("Cold starts", () => measureColdStarts(5));
const moduleLoads = await showStep("Module loads", () => measureModuleLoads(15));
await provider.stop();

await publish({
  standard: {
    date: new Date().toISOString(),
    machine,
    seconds: (performance.now() - start) / 1000,
    throughput,
    delay,
    drain,
    flood,
    processorTimes,
    coldStarts,
    moduleLoads,
  },
});
