import type { Log } from "../../../shared/log.ts";
import type { ReportedFiles } from "../../../shared/storage/reported_files.ts";
import type { ReportedFile, WorkQueue } from "../../../shared/tasks/work_queue.ts";

/** Of each kind at once; the next run goes on. */
const MAX_FILES = 100;

export interface HideDependencies {
  readonly log: Log;
  readonly queue: Pick<WorkQueue, "findReportedFiles" | "confirmHiddenFiles">;
  readonly reportedFiles: ReportedFiles;
  readonly bucket: string;
}

/**
 * Takes results that were reported out of the bucket of results, and removes those whose report is
 * closed. A file that cannot be moved keeps no other from it; throws the first failure at the end.
 */
export async function hideReportedFiles(
  { log, queue, reportedFiles, bucket }: HideDependencies,
): Promise<void> {
  const files = await queue.findReportedFiles(bucket, MAX_FILES);
  const namesOf = (action: ReportedFile["action"]): string[] =>
    files.filter((file) => file.action === action).map(({ name }) => name);
  const results = await Promise.allSettled([
    ...namesOf("hide").map((name) => reportedFiles.hide(name)),
    ...["drop" as const, "remove" as const].map(async (action) => {
      const names = namesOf(action);
      if (names.length > 0) await reportedFiles[action](names);
    }),
  ]);
  // Always: one without a file is hidden as well, and without this it would be due for ever.
  await queue.confirmHiddenFiles(bucket);
  if (files.length > 0) log.info("reported files done", { files: files.length });
  const failure = results.find((result) => result.status === "rejected");
  if (failure) throw failure.reason;
}
