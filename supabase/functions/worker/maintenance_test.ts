import assert from "node:assert/strict";
import type { CheckBucket } from "../../../shared/storage/check_bucket.ts";
import type { House } from "../../../shared/tasks/house.ts";
import { recordLog } from "../../../testing/recorded_log.ts";
import { createKeepHouse } from "./maintenance.ts";

interface Setup {
  keepHouse(): Promise<void>;
  readonly clock: { now: number };
  readonly removed: (readonly string[])[];
  readonly sweeps: { count: number };
  readonly events: () => readonly unknown[];
}

function setup(
  { files = [], checkBucket = () => Promise.resolve(undefined), ...changes }: Partial<House> & {
    readonly files?: readonly string[];
    readonly checkBucket?: CheckBucket;
  } = {},
): Setup {
  const { log, lines } = recordLog();
  const clock = { now: 1_000_000 };
  const sweeps = { count: 0 };
  const removed: (readonly string[])[] = [];
  const house: House = {
    sweep: () => Promise.resolve(void sweeps.count++),
    findOrphanedFiles: () => Promise.resolve([...files]),
    ...changes,
  };
  const remove = (paths: readonly string[]): Promise<void> =>
    Promise.resolve(void removed.push(paths));
  return {
    keepHouse: createKeepHouse({ log, house, checkBucket, remove, now: () => clock.now }),
    clock,
    removed,
    sweeps,
    events: () => lines.map(({ event }) => event),
  };
}

Deno.test("a new worker asks at once, and then every ten seconds, however often it is woken", async () => {
  const { keepHouse, clock, sweeps } = setup();
  await Promise.all([keepHouse(), keepHouse()]);
  assert.equal(sweeps.count, 1);
  clock.now += 9_999;
  await keepHouse();
  assert.equal(sweeps.count, 1);
  clock.now += 1;
  await keepHouse();
  assert.equal(sweeps.count, 2);
});

Deno.test("files that nobody is shown are removed", async () => {
  const { keepHouse, removed, events } = setup({ files: ["a.png", "b.png"] });
  await keepHouse();
  assert.deepEqual(removed, [["a.png", "b.png"]]);
  assert.deepEqual(events(), ["orphaned files removed"]);
});

Deno.test("where there are none Storage is left alone", async () => {
  const { keepHouse, removed } = setup();
  await keepHouse();
  assert.deepEqual(removed, []);
});

Deno.test("a sweep that fails is told, and keeps nothing else from being done", async () => {
  const { keepHouse, removed, events } = setup({
    files: ["a.png"],
    sweep: () => Promise.reject(new Error("away")),
  });
  await keepHouse();
  assert.deepEqual(removed, [["a.png"]]);
  assert.deepEqual(events(), ["sweep failed", "orphaned files removed"]);
});

Deno.test("a failure to find files is told and harms nobody", async () => {
  const { keepHouse, events } = setup({
    findOrphanedFiles: () => Promise.reject(new Error("away")),
  });
  await keepHouse();
  assert.deepEqual(events(), ["orphaned files not removed"]);
});

Deno.test("a bucket that is not as set is told once by each worker, and nothing else is held up", async () => {
  const checkBucket = (): Promise<string> => Promise.resolve("The bucket is private");
  const { keepHouse, clock, sweeps, events } = setup({ checkBucket });
  await keepHouse();
  clock.now += 10_000;
  await keepHouse();
  assert.deepEqual(events(), ["bucket of results is wrong"]);
  assert.equal(sweeps.count, 2);
});

Deno.test("a bucket that could not be looked at is looked at again", async () => {
  let looks = 0;
  const checkBucket = (): Promise<undefined> =>
    looks++ === 0 ? Promise.reject(new Error("away")) : Promise.resolve(undefined);
  const { keepHouse, clock, events } = setup({ checkBucket });
  for (let turn = 0; turn < 3; turn++) {
    await keepHouse();
    clock.now += 10_000;
  }
  assert.deepEqual(events(), ["bucket of results not checked"]);
  assert.equal(looks, 2);
});
