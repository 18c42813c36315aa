import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { ClaimedTasks } from "../../../../shared/tasks/claimed_tasks.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import { whileLeased } from "../retry_until_lease_lost.ts";

/** Says in the ledger that a task's billable request goes out next. Throws if it must not go out. */
export type BeginClaimedCall = (claim: Claim, signal: AbortSignal) => Promise<void>;

export function createBeginCall(tasks: Pick<ClaimedTasks, "beginCall">): BeginClaimedCall {
  return async (claim, signal) => {
    if (!signal.aborted && await whileLeased(() => tasks.beginCall(claim), signal)) {
      if (!signal.aborted) return;
    }
    throw new ProviderError("timeout", "Lost, or past its deadline, before its call was made");
  };
}
