/** Where a request belongs, in the app's own tracing. */
export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** The header that says so, in version 00, to be sent on as it is. */
  readonly traceparent: string;
}

/** `version "-" trace-id "-" parent-id "-" trace-flags`; only a later version has more behind it. */
const TRACEPARENT =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The only flag of version 00: the app keeps this trace. */
const SAMPLED = 1;

/**
 * Reads a `traceparent` (W3C Trace Context, https://www.w3.org/TR/trace-context/). Undefined for none
 * and for one that is not valid: tracing is no reason to refuse a request. Of a later version that is
 * taken which version 00 has, too.
 */
export function parseTraceparent(header: string | null | undefined): Trace | undefined {
  const [, version, traceId, parentId, flags = "", more] = TRACEPARENT.exec(header ?? "") ?? [];
  if (version === undefined || traceId === undefined) return undefined;
  if (version === "00") {
    return more === undefined
      ? { traceId, traceparent: `00-${traceId}-${parentId}-${flags}` }
      : undefined;
  }
  const sampled = (Number.parseInt(flags, 16) & SAMPLED).toString().padStart(2, "0");
  return { traceId, traceparent: `00-${traceId}-${parentId}-${sampled}` };
}
