import { findServices } from "../../tools/local/stack/leftovers.ts";
import { stack } from "./stack.ts";
import { waitUntil } from "./wait_until.ts";

/** The processes of the worker's isolates that there are now. */
export async function listWorkers(): Promise<readonly number[]> {
  return await findServices(stack.folder, "functions/worker/");
}

/** The processes of the worker's isolates, when there is one. */
export async function findWorkers(): Promise<readonly number[]> {
  return await waitUntil("a worker", async () => {
    const pids = await listWorkers();
    return pids.length > 0 && pids;
  });
}

/** Kills all isolates of the worker, so that also the one that has the task of a test. */
export async function killWorkers(): Promise<void> {
  for (const pid of await findWorkers()) Deno.kill(pid, "SIGKILL");
}
