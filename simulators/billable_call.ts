/**
 * The one place where a call is billed, and where an ordered fault takes the
 * place of its answer.
 *
 * @module
 */
import { type Fault, type FaultKind, faultKinds } from "./faults.ts";
import { answerBrokenOff } from "./gateway.ts";
import type { Purchase } from "./ledger.ts";
import { answerNever } from "./lost_answer.ts";
import type { SimulatorContext } from "./simulator.ts";

export type Answer = () => Response | Promise<Response>;

/** What becomes of a valid call. */
export interface CallOutcome {
  readonly billed: boolean;
  /** Delay before the answer, in milliseconds. */
  readonly latencyMs: number;
  readonly answer: Answer;
}

/**
 * How a provider shows each fault. The first four it must word itself; for the
 * others there is a common way, which suits synchronous providers.
 */
export type FaultAnswers =
  & Readonly<
    Record<"rate_limited" | "server_error" | "refused" | "empty_file", Answer>
  >
  & Readonly<Partial<Record<CommonFaultKind, Answer>>>;

type CommonFaultKind = "timeout" | "disconnect" | "invalid_json" | "slow" | "stuck";

/** A call that passed the provider's validation. */
export interface BillableCall {
  readonly purchase: Purchase;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /**
   * Decides what becomes of the call; not asked when a fault is due that
   * answers otherwise.
   */
  readonly outcome: () => CallOutcome;
  readonly faultAnswers: FaultAnswers;
}

/** Answers a valid call of a synchronous provider. */
export async function answerBillableCall(
  context: SimulatorContext,
  call: BillableCall,
): Promise<Response> {
  return await settleCall(
    context,
    call,
    (fault) => fault === undefined ? call.outcome() : faultOutcome(fault, call),
  );
}

/**
 * Settles a valid call: takes the fault that is due, asks what becomes of the
 * call under it, records the purchase if that is billed, and only then lets
 * time pass and produces the answer.
 *
 * Invalid calls never come here, so they neither cost anything nor use up a
 * fault.
 */
export async function settleCall(
  { ledger, faults, wait }: SimulatorContext,
  { purchase, signal }: Pick<BillableCall, "purchase" | "signal">,
  decide: (fault: Fault | undefined) => CallOutcome,
): Promise<Response> {
  const { billed, latencyMs, answer } = decide(
    faults.take(purchase.provider, purchase.operation),
  );
  if (billed) ledger.record(purchase);
  await wait(latencyMs, signal);
  return await answer();
}

function faultOutcome({ kind, latency_ms }: Fault, call: BillableCall): CallOutcome {
  const answers: Record<FaultKind, Answer> = { ...commonAnswers(call), ...call.faultAnswers };
  const { billed, latencyMs } = faultKinds[kind];
  return { billed, latencyMs: latency_ms ?? latencyMs, answer: answers[kind] };
}

function commonAnswers({ signal, outcome }: BillableCall): Record<CommonFaultKind, Answer> {
  return {
    timeout: () => answerNever(signal),
    stuck: () => answerNever(signal),
    disconnect: () => answerBrokenOff("application/json", jsonBeginning),
    invalid_json: () =>
      new Response('{"created": 17953', { headers: { "content-type": "application/json" } }),
    slow: () => outcome().answer(),
  };
}

const jsonBeginning = new TextEncoder().encode(
  '{"created": 1795300000, "data": [{"b64_json": "iVBOR',
);
