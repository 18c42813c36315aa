import { closeSync, openSync, writeSync } from "node:fs";

/** What everybody's logs may hold is the owner's to read only. */
const OWNER_ONLY = 0o600;

/** Opens the log of a service at its end; one that is not there, or no more, is made. */
export function openLog(file: string): number {
  return openSync(file, "a", OWNER_ONLY);
}

/** What the disk has no room for is lost: whoever logs goes on. */
export function appendLog(file: string, line: string): void {
  try {
    const log = openLog(file);
    try {
      writeSync(log, `${line}\n`);
    } finally {
      closeSync(log);
    }
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
