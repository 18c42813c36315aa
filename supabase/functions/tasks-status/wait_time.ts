import type { Context } from "hono";
import { refuseParameter } from "../../../shared/http/read_flag.ts";

/** The platform ends a request that was idle for 150 s, and a phone's network earlier. */
const MAX_SECONDS = 25;

/** How long an answer may wait for a change. */
export interface WaitTime {
  readonly seconds: number;
  /** Whether `Prefer` asked for it, which is told that it was heard. */
  readonly isPreference: boolean;
}

/**
 * Reads the query parameter `wait`, and without it `Prefer: wait=` (RFC 7240, 4.3). Throws an ApiError
 * (400) for a parameter that is no such time; a preference is clamped, or ignored, as its standard wants.
 */
export function readWaitTime(c: Context): WaitTime {
  const [parameter, ...more] = c.req.queries("wait") ?? [];
  if (more.length > 0) return refuseParameter("wait", "Must be there once");
  if (parameter !== undefined) return { seconds: readParameter(parameter), isPreference: false };
  const preferred = readPreference(c.req.header("prefer") ?? "");
  return { seconds: preferred ?? 0, isPreference: preferred !== undefined };
}

function readParameter(value: string): number {
  const seconds = /^\d{1,2}$/.test(value) ? Number(value) : Infinity;
  if (seconds <= MAX_SECONDS) return seconds;
  return refuseParameter("wait", `Must be a whole number of seconds from 0 to ${MAX_SECONDS}`);
}

/** Of preferences with one name the first counts. */
function readPreference(header: string): number | undefined {
  const [value] = header.split(",").flatMap((preference) => {
    const [, seconds] = /^\s*wait\s*=\s*("?)(\d{1,9})\1\s*(?:;.*)?$/i.exec(preference)?.slice(1) ??
      [];
    return seconds === undefined ? [] : [Number(seconds)];
  });
  return value === undefined ? undefined : Math.min(value, MAX_SECONDS);
}
