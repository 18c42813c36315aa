/**
 * Faults that a test orders in advance: the next matching calls go wrong.
 *
 * @module
 */
import { z } from "zod";

/**
 * Every kind of fault, and whether the provider bills the call that meets it.
 */
export const faultKinds = {
  /** The provider's own 429 with `retry-after`. */
  rate_limited: { billed: false, latencyMs: 0 },
  /** The provider's own 500. */
  server_error: { billed: false, latencyMs: 0 },
  /** The provider's own refusal of the content. */
  refused: { billed: false, latencyMs: 0 },
  /** The answer never comes; the request is held until the client hangs up. */
  timeout: { billed: true, latencyMs: 0 },
  /** The connection breaks off in the middle of the answer. */
  disconnect: { billed: true, latencyMs: 0 },
  /** A 200 whose body is not JSON. */
  invalid_json: { billed: true, latencyMs: 0 },
  /** A 200 in which the file is empty. */
  empty_file: { billed: true, latencyMs: 0 },
  /** The normal answer, late. */
  slow: { billed: true, latencyMs: 5_000 },
  /**
   * A job that is accepted and never advances; a synchronous provider never
   * answers.
   */
  stuck: { billed: true, latencyMs: 0 },
} as const;

export type FaultKind = keyof typeof faultKinds;

/** The body of `POST /_faults`. */
export const faultSchema = z.strictObject({
  provider: z.string(),
  /** Absent: any billable operation of the provider. */
  operation: z.string().optional(),
  kind: z.custom<FaultKind>(
    (value) => typeof value === "string" && Object.hasOwn(faultKinds, value),
    `Expected one of ${Object.keys(faultKinds).join(", ")}`,
  ),
  times: z.int().min(1),
  /** How long the fault takes to show; absent: the kind's own delay. */
  latency_ms: z.int().min(0).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** The ordered faults that are not used up yet. */
export class FaultQueue {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  /**
   * Uses up one time of the oldest fault that matches the billable call, if there is one.
   */
  take(provider: string, operation: string): Fault | undefined {
    return this.#take(
      (fault) =>
        fault.provider === provider &&
        (fault.operation === undefined || fault.operation === operation),
    );
  }

  /** The same for a request that costs nothing: only a fault that names it matches. */
  takeNamed(provider: string, operation: string): Fault | undefined {
    return this.#take((fault) => fault.provider === provider && fault.operation === operation);
  }

  #take(matches: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.#faults.find(matches);
    if (fault === undefined) return undefined;
    this.#faults = this.#faults
      .map((other) => (other === fault ? { ...fault, times: fault.times - 1 } : other))
      .filter(({ times }) => times > 0);
    return fault;
  }

  list(): readonly Fault[] {
    return [...this.#faults];
  }

  clear(): void {
    this.#faults = [];
  }
}
