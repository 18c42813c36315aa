import { createLog, type Log } from "../shared/log.ts";

/** A real log, and the lines that were written to it. */
export interface RecordedLog {
  readonly log: Log;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

export function recordLog(): RecordedLog {
  const lines: Readonly<Record<string, unknown>>[] = [];
  return { log: createLog("test", (line) => lines.push(JSON.parse(line))), lines };
}
