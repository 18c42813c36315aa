import type { ClaimedTasks } from "../../../shared/tasks/claimed_tasks.ts";
import type { Claim } from "../../../shared/tasks/task.ts";
import { whileLeased } from "./while_leased.ts";

/** Says in the ledger that a task's billable request goes out next. Throws if it must not go out. */
export type BeginClaimedCall = (claim: Claim, signal: AbortSignal) => Promise<void>;

export function createBeginCall(tasks: Pick<ClaimedTasks, "beginCall">): BeginClaimedCall {
  return async (claim, signal) => {
    const isOurs = await whileLeased(() => tasks.beginCall(claim), signal);
    if (!isOurs) throw new Error("The task was lost before its call was made");
    signal.throwIfAborted();
  };
}
