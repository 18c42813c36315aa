/**
 * Calls that are answered with the handle of a job: how they are billed, and what an ordered fault
 * makes of them.
 *
 * @module
 */
import { type Answer, settleCall } from "./billable_call.ts";
import { type Fault, faultKinds } from "./faults.ts";
import type { JobPlan } from "./jobs.ts";
import type { Purchase } from "./ledger.ts";
import { answerNever, breakOff, cutShort } from "./lost_answer.ts";
import type { SimulatorContext } from "./simulator.ts";

/** What every ending of a job tells. */
export interface Charged {
  /** Whether the provider bills a job that ends like this. */
  readonly charged: boolean;
}

/** How a job goes, apart from the time that every job takes. */
export interface JobCourse<Ending> extends Omit<JobPlan<Ending>, "durationMs"> {
  /** Longer than usual, in milliseconds. Default: 0. */
  readonly delayMs?: number;
}

/** What a client gets in the place of its job's handle. */
export type Loss = (handle: Response, signal: AbortSignal) => Response | Promise<Response>;

/** What becomes of a valid call: no job, or a job whose handle may get lost. */
export type Submission<Ending> =
  | { readonly refusal: Answer }
  | { readonly course: JobCourse<Ending>; readonly loss?: Loss };

/** A call that passed the provider's validation. */
export interface JobCall<Ending extends Charged> {
  readonly purchase: Purchase;
  /** Aborted when the client disconnects. */
  readonly signal: AbortSignal;
  /** Decides what becomes of the call; not asked when a fault is due. */
  readonly decide: () => Submission<Ending>;
  /** How a job ends, and how one ends whose file has no bytes. */
  readonly endings: { readonly usual: Ending; readonly emptyFile: Ending };
  /** What the provider makes of the faults that are its own. */
  readonly ownFaults: Readonly<
    Record<"rate_limited" | "server_error" | "refused", Submission<Ending>>
  >;
  /** Takes the job, and answers with its handle. */
  readonly start: (plan: JobPlan<Ending>) => Response;
}

/** Answers a valid call of an asynchronous provider. */
export async function answerJobCall<Ending extends Charged>(
  context: SimulatorContext,
  call: JobCall<Ending>,
): Promise<Response> {
  return await settleCall(context, call, (fault) => {
    const submission = fault === undefined ? call.decide() : decideUnderFault(fault, call);
    // A slow job has its delay in its course.
    const latencyMs = fault === undefined || fault.kind === "slow" ? 0 : fault.latency_ms ?? 0;
    if ("refusal" in submission) return { billed: false, latencyMs, answer: submission.refusal };
    const { course, loss } = submission;
    // Taken before any time passes: a job goes on when its client has gone.
    const { delayMs = 0, ...plan } = course;
    const handle = call.start({ ...plan, durationMs: context.latencyMs + delayMs });
    return {
      billed: course.ending.charged,
      latencyMs,
      answer: () => loss === undefined ? handle : loss(handle, call.signal),
    };
  });
}

/** The losses that faults and triggers know. */
export const losses = {
  never: (_, signal) => answerNever(signal),
  brokenOff: breakOff,
  cutShort,
} as const satisfies Record<string, Loss>;

function decideUnderFault<Ending extends Charged>(
  { kind, latency_ms }: Fault,
  { endings: { usual, emptyFile }, ownFaults }: JobCall<Ending>,
): Submission<Ending> {
  const course = { ending: usual };
  switch (kind) {
    case "rate_limited":
    case "server_error":
    case "refused":
      return ownFaults[kind];
    case "timeout":
      return { course, loss: losses.never };
    case "disconnect":
      return { course, loss: losses.brokenOff };
    case "invalid_json":
      return { course, loss: losses.cutShort };
    case "empty_file":
      return { course: { ending: emptyFile } };
    case "slow":
      return { course: { ...course, delayMs: latency_ms ?? faultKinds.slow.latencyMs } };
    case "stuck":
      return { course: { ...course, stopsAt: 0 } };
  }
}
