import type { Clock } from "./clock.ts";
import {
  type Billed,
  CanceledError,
  RefusedError,
  StillRunningError,
  UnreachableError,
} from "./errors.ts";
import type { LiveGeneration } from "./live_generation.ts";
import type { SubmitOptions } from "./options.ts";
import type { Operation } from "./requests.ts";

/** How long somebody who cancels waits to hear what it has cost. */
const CANCEL_MILLISECONDS = 10_000;

/**
 * Waits for a step of a generation. Where the app aborts it, the task is canceled, unless the options
 * leave it running. Undefined: the abort came too late.
 */
export async function orCancel<T>(
  step: Promise<T>,
  generation: LiveGeneration<Operation>,
  options: SubmitOptions,
  clock: Clock,
): Promise<T | undefined> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof StillRunningError) || !isCancel(options)) throw error;
    const billed = await cancelSoon(generation, clock);
    if (billed) throw new CanceledError(billed, { cause: options.signal?.reason });
    return undefined;
  }
}

/** A deadline of the app must not throw away what is paid. */
function isCancel({ onAbort, signal }: SubmitOptions): boolean {
  if (onAbort !== undefined) return onAbort === "cancel";
  return signal?.reason?.name !== "TimeoutError";
}

/**
 * Cancels, and tells soon what it has cost: `maybe` where that is not known in time, and is done
 * later. Undefined: it was too late, there is a result.
 */
async function cancelSoon(
  generation: LiveGeneration<Operation>,
  clock: Clock,
): Promise<Billed | undefined> {
  const limit = new AbortController();
  const late = clock.sleep(CANCEL_MILLISECONDS, limit.signal)
    .then((): Billed => "maybe", (): Billed => "maybe");
  const canceling = generation.cancel().then(({ billed }) => billed, billedAfter);
  const ended = generation.accepted.then(() => canceling, billedWithout);
  const billed = await Promise.race([ended, late]);
  limit.abort();
  return billed;
}

/** Whether a cancellation was refused because the task has ended. */
export function isTooLate(error: unknown): boolean {
  return error instanceof RefusedError && error.code === "task_is_final";
}

/** What is billed where a cancellation has failed; undefined: it was too late. */
function billedAfter(error: unknown): Billed | undefined {
  return isTooLate(error) ? undefined : "maybe";
}

/** What is billed where a request was not accepted, or nobody knows. */
function billedWithout(error: unknown): Billed {
  if (error instanceof CanceledError) return error.billed;
  return error instanceof UnreachableError ? "maybe" : "no";
}
