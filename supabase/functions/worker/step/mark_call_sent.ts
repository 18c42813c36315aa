import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import type { WorkQueue } from "../../../../shared/tasks/work_queue.ts";
import { retryUntilLeaseLost } from "./retry_until_lease_lost.ts";

/**
 * Records in the billing ledger that a task's billable request is sent next. Throws a ProviderError if
 * it must not be sent: the task is lost, or its deadline has come.
 *
 * @param signal Aborted when the task is lost or its deadline has come.
 */
export async function markCallSent(
  queue: Pick<WorkQueue, "markCallSent">,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> {
  const mayBeSent = !signal.aborted &&
    await retryUntilLeaseLost(() => queue.markCallSent(claim), signal);
  // The task may have been lost while the database answered.
  if (mayBeSent && !signal.aborted) return;
  throw new ProviderError("timeout", "Lost, or past its deadline, before its call was sent");
}
