import assert from "node:assert/strict";
import type { ReportedFile } from "../../../shared/tasks/work_queue.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { hideReportedFiles } from "./hide_reported_files.ts";

/** Two buckets, and a queue that tells what is to be done with their files. */
async function run(
  due: readonly ReportedFile[],
  generated: readonly string[],
  reported: readonly string[],
  broken: readonly string[] = [],
): Promise<Record<string, unknown>> {
  const buckets = { generated: new Set(generated), reported: new Set(reported) };
  const calls = { confirmed: 0 };
  const takeFrom = (bucket: Set<string>, paths: readonly string[]): Promise<void> => {
    if (paths.some((path) => broken.includes(path))) return Promise.reject(new Error("Storage"));
    for (const path of paths) bucket.delete(path);
    return Promise.resolve();
  };
  const error = await hideReportedFiles({
    log: recordLog().log,
    queue: {
      findReportedFiles: () => Promise.resolve([...due]),
      confirmHiddenFiles: () => Promise.resolve(void calls.confirmed++),
    },
    reportedFiles: {
      hide: async (path) => {
        await takeFrom(buckets.generated, [path]);
        buckets.reported.add(path);
      },
      drop: (paths) => takeFrom(buckets.generated, paths),
      remove: (paths) => takeFrom(buckets.reported, paths),
    },
    bucket: "generated",
  }).then(() => undefined, String);
  return {
    generated: [...buckets.generated],
    reported: [...buckets.reported],
    confirmed: calls.confirmed,
    ...(error !== undefined && { error }),
  };
}

Deno.test("what is reported leaves the results, and what is closed goes for good", async () => {
  const due: ReportedFile[] = [
    { action: "hide", name: "new" },
    { action: "drop", name: "copied" },
    { action: "remove", name: "closed" },
  ];
  assert.deepEqual(await run(due, ["new", "copied", "other"], ["copied", "closed"]), {
    generated: ["other"],
    reported: ["copied", "new"],
    confirmed: 1,
  });
});

Deno.test("a file that cannot be moved keeps no other in its place, and is told", async () => {
  const due: ReportedFile[] = [
    { action: "hide", name: "broken" },
    { action: "hide", name: "new" },
    { action: "remove", name: "closed" },
  ];
  assert.deepEqual(await run(due, ["broken", "new"], ["closed"], ["broken"]), {
    generated: ["broken"],
    reported: ["new"],
    confirmed: 1,
    error: "Error: Storage",
  });
});

Deno.test("where nothing is due a report without files is confirmed all the same", async () => {
  assert.deepEqual(await run([], ["other"], []), {
    generated: ["other"],
    reported: [],
    confirmed: 1,
  });
});
