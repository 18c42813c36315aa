import assert from "node:assert/strict";
import { recordLog } from "../../../testing/recorded_log.ts";
import { createMaintenance, type MaintenanceDependencies } from "./maintenance.ts";

type Queue = MaintenanceDependencies["queue"];
type ModelNotes = MaintenanceDependencies["modelNotes"];

const unexpected = (): Promise<void> => Promise.reject(new Error("Not expected"));

interface Setup {
  runMaintenance(): Promise<void>;
  readonly clock: { now: number };
  readonly removed: (readonly [bucket: string, paths: readonly string[]])[];
  readonly runs: { count: number };
  readonly failures: [job: string, words: string][];
  readonly events: () => readonly unknown[];
}

function setup(
  {
    files = [],
    unusedInputs = [],
    checkBucket = () => Promise.resolve(undefined),
    takeTurn = () => Promise.resolve(false),
    ...changes
  }:
    & Partial<Queue>
    & {
      readonly files?: readonly string[];
      readonly unusedInputs?: readonly string[];
      readonly checkBucket?: () => Promise<string | undefined>;
      readonly takeTurn?: ModelNotes["takeTurn"];
    } = {},
): Setup {
  const { log, lines } = recordLog();
  const clock = { now: 1_000_000 };
  const runs = { count: 0 };
  const removed: Setup["removed"] = [];
  const failures: [string, string][] = [];
  const modelNotes: ModelNotes = { takeTurn, note: unexpected };
  const queue: Queue = {
    reconcile: () => Promise.resolve(void runs.count++),
    findOrphanedFiles: () => Promise.resolve([...files]),
    findUnusedInputs: () => Promise.resolve([...unusedInputs]),
    findFilesToRemove: () => Promise.resolve([]),
    findReportedFiles: () => Promise.resolve([]),
    confirmHiddenFiles: () => Promise.resolve(),
    failMaintenance: (job, error) => Promise.resolve(void failures.push([job, String(error)])),
    ...changes,
  };
  const remove = (bucket: string, paths: readonly string[]): Promise<void> =>
    Promise.resolve(void removed.push([bucket, paths]));
  return {
    runMaintenance: createMaintenance({
      log,
      queue,
      store: { remove },
      reportedFiles: { hide: unexpected, drop: unexpected, remove: unexpected },
      bucket: "generated",
      adapters: new Map(),
      modelNotes,
      checkBucket,
      now: () => clock.now,
    }),
    clock,
    removed,
    runs,
    failures,
    events: () => lines.map(({ event }) => event),
  };
}

Deno.test("a new worker asks at once, and then every ten seconds, however often it is woken", async () => {
  const { runMaintenance, clock, runs } = setup();
  await Promise.all([runMaintenance(), runMaintenance()]);
  assert.equal(runs.count, 1);
  clock.now += 9_999;
  await runMaintenance();
  assert.equal(runs.count, 1);
  clock.now += 1;
  await runMaintenance();
  assert.equal(runs.count, 2);
});

Deno.test("files that nobody is shown are removed", async () => {
  const { runMaintenance, removed, events } = setup({ files: ["a.png", "b.png"] });
  await runMaintenance();
  assert.deepEqual(removed, [["generated", ["a.png", "b.png"]]]);
  assert.deepEqual(events(), ["orphaned files removed"]);
});

Deno.test("inputs that nothing uses are removed, also after trouble with the results", async () => {
  const { runMaintenance, removed, failures, events } = setup({
    unusedInputs: ["ann/a.png"],
    findOrphanedFiles: () => Promise.reject(new Error("away")),
  });
  await runMaintenance();
  assert.deepEqual(removed, [["inputs", ["ann/a.png"]]]);
  assert.deepEqual(events(), ["orphaned files not removed", "unused inputs removed"]);
  assert.deepEqual(failures, [["orphaned files", "Error: away"]]);
});

Deno.test("a failure to find unused inputs is told and harms nobody", async () => {
  const { runMaintenance, failures, events } = setup({
    findUnusedInputs: () => Promise.reject(new Error("away")),
  });
  await runMaintenance();
  assert.deepEqual(events(), ["unused inputs not removed"]);
  assert.deepEqual(failures, [["unused inputs", "Error: away"]]);
});

Deno.test("a failure to note what lists of models say is told and harms nobody", async () => {
  const { runMaintenance, failures, events } = setup({
    takeTurn: () => Promise.reject(new Error("away")),
  });
  await runMaintenance();
  assert.deepEqual(events(), ["models not checked"]);
  assert.deepEqual(failures, [["model lists", "Error: away"]]);
});

Deno.test("where there are none Storage is left alone", async () => {
  const { runMaintenance, removed } = setup();
  await runMaintenance();
  assert.deepEqual(removed, []);
});

Deno.test("a sweep that fails is told, and keeps nothing else from being done", async () => {
  const { runMaintenance, removed, failures, events } = setup({
    files: ["a.png"],
    reconcile: () => Promise.reject(new Error("away")),
  });
  await runMaintenance();
  assert.deepEqual(removed, [["generated", ["a.png"]]]);
  assert.deepEqual(events(), ["reconciliation failed", "orphaned files removed"]);
  assert.deepEqual(failures, [["reconcile", "Error: away"]]);
});

Deno.test("a failure to find files is told and harms nobody", async () => {
  const { runMaintenance, failures, events } = setup({
    findOrphanedFiles: () => Promise.reject(new Error("away")),
  });
  await runMaintenance();
  assert.deepEqual(events(), ["orphaned files not removed"]);
  assert.deepEqual(failures, [["orphaned files", "Error: away"]]);
});

Deno.test("files of what was deleted are removed from their buckets, until there are none", async () => {
  const left = new Set(["inputs/a.png", "generated/b.png", "generated/c.png"]);
  const log: string[] = [];
  const { log: lines } = recordLog();
  const runMaintenance = createMaintenance({
    log: lines,
    queue: {
      reconcile: () => Promise.resolve(),
      findOrphanedFiles: () => Promise.resolve([]),
      findUnusedInputs: () => Promise.resolve([]),
      findReportedFiles: () => Promise.resolve([]),
      confirmHiddenFiles: () => Promise.resolve(),
      findFilesToRemove: (bucket, limit) => {
        log.push(`asked for ${limit} beside ${bucket}`);
        return Promise.resolve(
          [...left].slice(0, 2).map((name) => {
            const [from = "", path = ""] = name.split("/");
            return { bucket: from, path };
          }),
        );
      },
      failMaintenance: () => Promise.resolve(),
    },
    store: {
      remove: (from, paths) => {
        for (const path of paths) left.delete(`${from}/${path}`);
        return Promise.resolve();
      },
    },
    reportedFiles: { hide: unexpected, drop: unexpected, remove: unexpected },
    bucket: "generated",
    adapters: new Map(),
    modelNotes: { takeTurn: () => Promise.resolve(false), note: unexpected },
    checkBucket: () => Promise.resolve(undefined),
    now: () => 0,
  });
  await runMaintenance();
  assert.deepEqual([...left], []);
  assert.deepEqual(log, Array(3).fill("asked for 500 beside generated"));
});

Deno.test("a Storage that removes nothing is asked so often and no more, and told of", async () => {
  let asked = 0;
  const { runMaintenance, failures, events, removed } = setup({
    files: ["orphan.png"],
    findFilesToRemove: () => {
      asked++;
      if (asked < 1_000) return Promise.resolve([{ bucket: "inputs", path: "a.png" }]);
      return Promise.reject(new Error("never"));
    },
  });
  await runMaintenance();
  assert.equal(asked, 40);
  assert.deepEqual(failures, []);
  const away = setup({ findFilesToRemove: () => Promise.reject(new Error("away")) });
  await away.runMaintenance();
  assert.deepEqual(away.failures, [["files to remove", "Error: away"]]);
  assert.deepEqual(away.events(), ["files not removed"]);
  assert.deepEqual(removed.at(-1), ["generated", ["orphan.png"]]);
  assert.equal(events().at(-1), "orphaned files removed");
});

Deno.test("a failure that cannot be recorded harms nobody", async () => {
  const { runMaintenance, runs, clock, events } = setup({
    findOrphanedFiles: () => Promise.reject(new Error("away")),
    failMaintenance: () => Promise.reject(new Error("away, too")),
  });
  await runMaintenance();
  clock.now += 10_000;
  await runMaintenance();
  assert.equal(runs.count, 2);
  assert.equal(events()[1], "failure of maintenance not recorded");
});

Deno.test("a bucket that is not as set is told once by each worker, and nothing else is held up", async () => {
  const checkBucket = (): Promise<string> => Promise.resolve("The bucket is private");
  const { runMaintenance, clock, runs, events } = setup({ checkBucket });
  await runMaintenance();
  clock.now += 10_000;
  await runMaintenance();
  assert.deepEqual(events(), ["bucket of results is wrong"]);
  assert.equal(runs.count, 2);
});

Deno.test("a bucket that could not be looked at is looked at again", async () => {
  let looks = 0;
  const checkBucket = (): Promise<undefined> =>
    looks++ === 0 ? Promise.reject(new Error("away")) : Promise.resolve(undefined);
  const { runMaintenance, clock, events } = setup({ checkBucket });
  for (let turn = 0; turn < 3; turn++) {
    await runMaintenance();
    clock.now += 10_000;
  }
  assert.deepEqual(events(), ["bucket of results not checked"]);
  assert.equal(looks, 2);
});
