import { closeSync, openSync, writeSync } from "node:fs";

/** What everybody's logs may hold is the owner's to read only. */
const OWNER_ONLY = 0o600;

/** Opens the log of a service at its end; one that is not there, or no more, is made. */
export function openLog(file: string): number {
  return openSync(file, "a", OWNER_ONLY);
}

export function appendLog(file: string, line: string): void {
  const log = openLog(file);
  try {
    writeSync(log, `${line}\n`);
  } finally {
    closeSync(log);
  }
}
