import { AsyncLocalStorage } from "node:async_hooks";
import { parseTraceparent, type Trace } from "./traceparent.ts";

/**
 * The trace of the request, or of the task, that the running code works for. Every log line, every
 * request to the project's own services and the row of a submitted task carry it, so it is not handed
 * from function to function; nothing is decided by it.
 */
const traces = new AsyncLocalStorage<Trace | undefined>();

/** Does some work for the trace that a `traceparent` names; for none if that is missing or not valid. */
export function inTrace<T>(traceparent: string | null | undefined, work: () => T): T {
  return traces.run(parseTraceparent(traceparent), work);
}

export function currentTrace(): Trace | undefined {
  return traces.getStore();
}

/**
 * What a request to the project's own services carries. Providers are sent none of it: a trace may lead
 * to a user of the app.
 */
export function traceHeaders(): Record<string, string> {
  const trace = currentTrace();
  return trace ? { traceparent: trace.traceparent } : {};
}
