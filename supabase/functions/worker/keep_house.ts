import type { Log } from "../../../shared/log.ts";
import type { House } from "../../../shared/tasks/house.ts";

/** A worker is woken at every submit; to ask whether anything is due this often is enough. */
const INTERVAL_MILLISECONDS = 10_000;
const MAX_FILES = 100;

export interface HouseDependencies {
  readonly log: Log;
  readonly house: House;
  /** Removes files from Storage, which alone can. */
  remove(paths: readonly string[]): Promise<void>;
  /** In milliseconds. */
  now(): number;
}

/**
 * Puts right what should not be, if it is time for it, and removes files of tasks that were canceled
 * or lost to another worker after they had been stored. Apart from the work on tasks, so that it holds
 * up none. The returned function never rejects.
 */
export function createKeepHouse(
  { log, house, remove, now }: HouseDependencies,
): () => Promise<void> {
  let nextLook = -Infinity;

  async function removeOrphanedFiles(): Promise<void> {
    const paths = await house.findOrphanedFiles(MAX_FILES);
    if (paths.length === 0) return;
    await remove(paths);
    log.info("orphaned files removed", { files: paths.length });
  }

  return async () => {
    if (now() < nextLook) return;
    nextLook = now() + INTERVAL_MILLISECONDS;
    await house.sweep().catch((error) => log.error("sweep failed", error));
    await removeOrphanedFiles().catch((error) => log.error("orphaned files not removed", error));
  };
}
