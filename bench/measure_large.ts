/** Measures what size changes, on the stack that `run.ts` has started. */
import { showStep } from "../tools/progress.ts";
import { createClients } from "./create_clients.ts";
import { measureGrowth } from "./large/measure_growth.ts";
import { raiseLimits } from "./limits.ts";
import { describeMachine } from "./machine.ts";
import { publish } from "./publish.ts";
import { withDatabase } from "./stack.ts";

/** Who share all tasks, and take turns. */
const USERS = 1_000;

const SIZE = { finished: 1_000_000, waiting: 100_000 };

const start = performance.now();
const machine = describeMachine();
const [client, ...others] = await withDatabase(1, (sql) => createClients(sql, USERS));
if (!client) throw new Error("No user to submit for");
await withDatabase(1, raiseLimits);
const measured = await showStep(
  "Small, large, small again",
  () => measureGrowth([client, ...others], SIZE),
);

await publish({
  large: {
    date: new Date().toISOString(),
    machine,
    seconds: (performance.now() - start) / 1000,
    finishedTasks: SIZE.finished,
    waitingTasks: SIZE.waiting,
    ...measured,
  },
});
