import type { Log } from "../../../shared/log.ts";
import type { AssetStore } from "../../../shared/storage/asset_store.ts";
import type { MaintenanceJob, WorkQueue } from "../../../shared/tasks/work_queue.ts";
import { checkModels, type CheckModelsDependencies } from "./check_models.ts";
import { type HideDependencies, hideReportedFiles } from "./hide_reported_files.ts";

/** A worker is woken at every submit; asking this often whether anything is due is enough. */
const INTERVAL_MILLISECONDS = 10_000;
/** Storage removes up to 1,000 in one request. */
const MAX_FILES = 500;
/** Where apps put inputs; made by the migrations. */
const INPUTS_BUCKET = "inputs";
/** So many times in one run; what is left then is removed by the next. */
const MAX_ROUNDS = 40;

export interface MaintenanceDependencies {
  readonly log: Log;
  readonly queue:
    & Pick<
      WorkQueue,
      | "reconcile"
      | "findOrphanedFiles"
      | "findFilesToRemove"
      | "findUnusedInputs"
      | "failMaintenance"
    >
    & HideDependencies["queue"];
  /** Only Storage can remove files. */
  readonly store: Pick<AssetStore, "remove">;
  readonly reportedFiles: HideDependencies["reportedFiles"];
  readonly bucket: string;
  readonly adapters: CheckModelsDependencies["adapters"];
  readonly modelNotes: CheckModelsDependencies["modelNotes"];
  /** What is wrong with the bucket of results; undefined if it is as the settings say. */
  checkBucket(): Promise<string | undefined>;
  /** In milliseconds. */
  now(): number;
}

/**
 * Periodic maintenance, run by whichever worker gets there first: repairs inconsistencies of the task
 * tables, hides reported results, removes files of what was deleted, of tasks that were canceled, or
 * lost to another worker, after their results were stored, and inputs that nothing uses any more, and
 * looks whether providers still have our models. It runs beside the work on
 * tasks, so that it delays none. The returned function never rejects, and does nothing before the next
 * run is due.
 */
export function createMaintenance(
  dependencies: MaintenanceDependencies,
): () => Promise<void> {
  const { log, queue, store, bucket, checkBucket, now } = dependencies;
  let nextRun = -Infinity;
  let isBucketChecked = false;

  /** Once for each worker: often enough to be seen, and no flood of log lines. */
  async function reportBucket(): Promise<void> {
    if (isBucketChecked) return;
    const wrong = await checkBucket();
    isBucketChecked = true;
    if (wrong !== undefined) log.error("bucket of results is wrong", new Error(wrong));
  }

  /** For the operator, who is alerted. Without it the job would be due again at once. */
  async function report(job: MaintenanceJob, event: string, error: unknown): Promise<void> {
    log.error(event, error);
    await queue.failMaintenance(job, error)
      .catch((reason) => log.error("failure of maintenance not recorded", reason));
  }

  async function removeOrphanedFiles(): Promise<void> {
    const paths = await queue.findOrphanedFiles(bucket, MAX_FILES);
    if (paths.length === 0) return;
    await store.remove(bucket, paths);
    log.info("orphaned files removed", { files: paths.length });
  }

  async function removeUnusedInputs(): Promise<void> {
    const paths = await queue.findUnusedInputs(MAX_FILES);
    if (paths.length === 0) return;
    await store.remove(INPUTS_BUCKET, paths);
    log.info("unused inputs removed", { files: paths.length });
  }

  async function removeFiles(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const files = await queue.findFilesToRemove(bucket, MAX_FILES);
      if (files.length === 0) return;
      for (const [from, names] of Map.groupBy(files, (file) => file.bucket)) {
        await store.remove(from, names.map(({ path }) => path));
      }
      log.info("files removed", { files: files.length });
    }
  }

  return async () => {
    if (now() < nextRun) return;
    nextRun = now() + INTERVAL_MILLISECONDS;
    await reportBucket().catch((error) => log.error("bucket of results not checked", error));
    await queue.reconcile()
      .catch((error) => report("reconcile", "reconciliation failed", error));
    await removeFiles()
      .catch((error) => report("files to remove", "files not removed", error));
    await hideReportedFiles(dependencies)
      .catch((error) => report("reported files", "reported files not hidden", error));
    await removeOrphanedFiles()
      .catch((error) => report("orphaned files", "orphaned files not removed", error));
    await removeUnusedInputs()
      .catch((error) => report("unused inputs", "unused inputs not removed", error));
    await checkModels(dependencies)
      .catch((error) => report("model lists", "models not checked", error));
  };
}
