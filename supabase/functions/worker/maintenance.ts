import type { CheckBucket } from "../../../shared/storage/check_bucket.ts";
import type { Log } from "../../../shared/log.ts";
import type { House } from "../../../shared/tasks/house.ts";

/** A worker is woken at every submit; to ask whether anything is due this often is enough. */
const INTERVAL_MILLISECONDS = 10_000;
const MAX_FILES = 100;

export interface HouseDependencies {
  readonly log: Log;
  readonly house: House;
  readonly checkBucket: CheckBucket;
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
  { log, house, checkBucket, remove, now }: HouseDependencies,
): () => Promise<void> {
  let nextLook = -Infinity;
  let isBucketChecked = false;

  /** Once for each worker: that is often enough to be seen, and no flood. */
  async function reportBucket(): Promise<void> {
    if (isBucketChecked) return;
    const wrong = await checkBucket();
    isBucketChecked = true;
    if (wrong !== undefined) log.error("bucket of results is wrong", new Error(wrong));
  }

  async function removeOrphanedFiles(): Promise<void> {
    const paths = await house.findOrphanedFiles(MAX_FILES);
    if (paths.length === 0) return;
    await remove(paths);
    log.info("orphaned files removed", { files: paths.length });
  }

  return async () => {
    if (now() < nextLook) return;
    nextLook = now() + INTERVAL_MILLISECONDS;
    await reportBucket().catch((error) => log.error("bucket of results not checked", error));
    await house.sweep().catch((error) => log.error("sweep failed", error));
    await removeOrphanedFiles().catch((error) => log.error("orphaned files not removed", error));
  };
}
