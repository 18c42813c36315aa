import { statfs } from "node:fs/promises";
import { foldersOf } from "../../local/stack/folders.ts";
import type { Alert } from "../../../shared/operator/read_alerts.ts";

/** What Postgres alone may need before a checkpoint frees anything. */
const LEAST_BYTES = 200_000_000;

/** Room on the disk of a local stack, which no query can tell. */
export async function diskOf(localPort: number): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(foldersOf(localPort).stack);
  return { free: bavail * bsize, total: blocks * bsize };
}

/** The alert that there is too little of it. */
export async function findFullDisk(localPort: number): Promise<Alert | undefined> {
  const { free, total } = await diskOf(localPort);
  if (free >= LEAST_BYTES) return undefined;
  return {
    severity: "critical",
    code: "disk_full",
    subject: "disk",
    message: `${megabytes(free)} of ${megabytes(total)} are free where the local stack has its ` +
      `data (${foldersOf(localPort).stack}). Free some space.`,
    since: null,
  };
}

export function megabytes(bytes: number): string {
  return bytes >= 10_000_000_000
    ? `${Math.round(bytes / 1_000_000_000)} GB`
    : `${Math.round(bytes / 1_000_000)} MB`;
}
