import type { Log } from "../../../shared/log.ts";
import type { FindOrphanedFiles } from "../../../shared/tasks/find_orphaned_files.ts";

const INTERVAL_MILLISECONDS = 10 * 60_000;
const MAX_FILES = 100;

export interface OrphanedFilesDependencies {
  readonly log: Log;
  readonly find: FindOrphanedFiles;
  /** Removes files from Storage, which alone can. */
  remove(paths: readonly string[]): Promise<void>;
  /** In milliseconds. */
  now(): number;
}

/**
 * Removes files of tasks that were canceled, or lost to another worker, after they had been stored.
 * Looks every ten minutes, however often it is called. Never rejects.
 */
export function createRemoveOrphanedFiles(
  { log, find, remove, now }: OrphanedFilesDependencies,
): () => Promise<void> {
  let nextLook = now() + INTERVAL_MILLISECONDS;
  return async () => {
    if (now() < nextLook) return;
    nextLook = now() + INTERVAL_MILLISECONDS;
    try {
      const paths = await find(MAX_FILES);
      if (paths.length === 0) return;
      await remove(paths);
      log.info("orphaned files removed", { files: paths.length });
    } catch (error) {
      log.error("orphaned files not removed", error);
    }
  };
}
