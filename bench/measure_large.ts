/** Measures what size changes, on the stack that `run.ts` has started. */
import { showStep } from "../dev/progress.ts";
import { Client } from "./client.ts";
import { measureGrowth } from "./large/measure_growth.ts";
import { describeMachine } from "./machine.ts";
import { publish } from "./publish.ts";

const SIZE = { finished: 1_000_000, waiting: 100_000 };

const start = performance.now();
const machine = describeMachine();
const client = await Client.signIn();
const measured = await showStep("Small, large, small again", () => measureGrowth(client, SIZE));

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
