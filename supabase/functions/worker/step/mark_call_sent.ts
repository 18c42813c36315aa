import { ProviderError } from "../../../../shared/providers/provider_error.ts";
import type { Claim } from "../../../../shared/tasks/task.ts";
import type { WorkQueue } from "../../../../shared/tasks/work_queue.ts";
import { retryUntilLeaseLost } from "./retry_until_lease_lost.ts";

/** A billable request must not be sent, because the isolate may end before it is answered. */
export class IsolateEndsTooSoon extends Error {
  override readonly name = "IsolateEndsTooSoon";
}

/**
 * Records in the billing ledger that a task's billable request is sent next. Throws if it must not be
 * sent: IsolateEndsTooSoon, or a ProviderError if the task is lost or its deadline has come.
 *
 * @param signal Aborted when the task is lost or its deadline has come.
 * @param lifeSeconds Until the isolate ends.
 * @param mark What the call can be looked for by if its answer is lost.
 */
export async function markCallSent(
  queue: Pick<WorkQueue, "markCallSent">,
  claim: Claim,
  signal: AbortSignal,
  lifeSeconds: () => number,
  mark?: string,
): Promise<void> {
  const endsTooSoon = (): boolean => lifeSeconds() < claim.maxCallSeconds;
  if (endsTooSoon()) throw new IsolateEndsTooSoon();
  const mayBeSent = !signal.aborted && await askUntilLeaseLost(queue, claim, signal, mark);
  // The database may have taken its time to answer.
  if (endsTooSoon()) throw new IsolateEndsTooSoon();
  if (mayBeSent && !signal.aborted) return;
  throw notSent();
}

async function askUntilLeaseLost(
  queue: Pick<WorkQueue, "markCallSent">,
  claim: Claim,
  signal: AbortSignal,
  mark: string | undefined,
): Promise<boolean> {
  try {
    return await retryUntilLeaseLost(() => queue.markCallSent(claim, mark), signal);
  } catch (error) {
    throw signal.aborted ? notSent(error) : error;
  }
}

function notSent(cause?: unknown): ProviderError {
  const words = "Lost, or past its deadline, before its call was sent";
  const message = cause === undefined ? words : `${words}: ${cause}`;
  return new ProviderError("timeout", message, { cause, ownCut: true });
}
