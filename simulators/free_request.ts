/**
 * Requests that cost nothing, and the faults that are ordered for them by name.
 *
 * @module
 */
import type { Answer } from "./billable_call.ts";
import { type FaultKind, faultKinds } from "./faults.ts";
import { answerNever, breakOff, cutShort, leaveEmpty } from "./lost_answer.ts";
import type { SimulatorContext } from "./simulator.ts";

/** How a provider words the faults of its own making. */
export type OwnFaultAnswers = Readonly<
  Record<"rate_limited" | "server_error" | "refused", Answer>
>;

/** A request that would be answered well. */
export interface FreeRequest {
  readonly provider: string;
  /** One of the provider's `freeOperations`. */
  readonly operation: string;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  readonly answer: Answer;
  readonly faultAnswers: OwnFaultAnswers;
}

/** Answers the request, or shows the fault that was ordered for it. */
export async function answerFreeRequest(
  { faults, wait }: SimulatorContext,
  request: FreeRequest,
): Promise<Response> {
  const { provider, operation, signal, answer } = request;
  const fault = faults.takeNamed(provider, operation);
  if (fault === undefined) return await answer();
  await wait(fault.latency_ms ?? faultKinds[fault.kind].latencyMs, signal);
  return await answersTo(request)[fault.kind]();
}

function answersTo({ signal, answer, faultAnswers }: FreeRequest): Record<FaultKind, Answer> {
  return {
    ...faultAnswers,
    timeout: () => answerNever(signal),
    // There is no job that could be stuck.
    stuck: () => answerNever(signal),
    disconnect: async () => await breakOff(await answer()),
    invalid_json: async () => await cutShort(await answer()),
    empty_file: async () => await leaveEmpty(await answer()),
    slow: answer,
  };
}
