/**
 * What a simulated provider is, and what it is given.
 *
 * @module
 */
import type { Hono } from "hono";
import type { FaultQueue } from "./faults.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Waits a number of milliseconds, or less when the signal is aborted. Never
 * rejects.
 */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** What every simulated provider shares with the control routes. */
export interface SimulatorContext {
  readonly ledger: Ledger;
  readonly faults: FaultQueue;
  /** Delay of a successful billable answer, in milliseconds. */
  readonly latencyMs: number;
  readonly now: () => Date;
  readonly wait: Wait;
  /** How many images an account of OpenAI may have made a minute; undefined: any number. */
  readonly openaiImagesPerMinute: number | undefined;
}

/** One simulated provider; its app is mounted at `/<name>`. */
export interface ProviderSimulator {
  readonly name: string;
  /**
   * Names of its billable operations, as the ledger and the faults spell them.
   */
  readonly operations: readonly string[];
  /**
   * Names of its other requests that faults can be ordered for: `upload`, `poll`, `download`.
   */
  readonly freeOperations?: readonly string[];
  /**
   * Called once per simulator app, so that state never leaks between two of
   * them.
   */
  readonly createApp: (context: SimulatorContext) => Hono;
}
