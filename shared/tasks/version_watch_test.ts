import assert from "node:assert/strict";
import { recordLog } from "../../testing/recorded_log.ts";
import type { TaskVersion } from "./task.ts";
import { createVersionWatch, type VersionWatch, type WaitEnd } from "./version_watch.ts";

const open = new AbortController().signal;

interface Look {
  readonly at: number;
  readonly shown: readonly TaskVersion[];
}

interface Scene {
  readonly watch: VersionWatch;
  readonly looks: readonly Look[];
  readonly lines: ReturnType<typeof recordLog>["lines"];
  /** Milliseconds since the beginning. */
  now(): number;
  change(id: string): void;
  /** What the next looks take, and whether they fail. */
  database: { takes: number; isAway: boolean };
  /** Lets so much time pass. */
  pass(milliseconds: number): Promise<void>;
  /** Waits, and notes when that has ended and how. */
  wait(id: string, milliseconds: number, signal?: AbortSignal): { end?: WaitEnd; at?: number };
}

/** Lets everything run that waits for no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function createScene(): Scene {
  let time = 0;
  const timers: { readonly at: number; readonly resolve: () => void }[] = [];
  const versions = new Map<string, number>();
  const looks: Look[] = [];
  const database = { takes: 0, isAway: false };
  const { log, lines } = recordLog();
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => timers.push({ at: time + milliseconds, resolve }));
  const watch = createVersionWatch({
    log,
    now: () => time,
    sleep,
    async findChanged(shown) {
      looks.push({ at: time, shown });
      if (database.isAway) throw new Error("The database is away");
      if (database.takes > 0) await sleep(database.takes);
      return shown.filter(({ id, version }) => version !== (versions.get(id) ?? 1))
        .map(({ id }) => id);
    },
  });
  return {
    watch,
    looks,
    lines,
    database,
    now: () => time,
    change: (id) => versions.set(id, (versions.get(id) ?? 1) + 1),
    async pass(milliseconds) {
      const until = time + milliseconds;
      await settle();
      while (true) {
        timers.sort((left, right) => left.at - right.at);
        const [next] = timers;
        if (!next || next.at > until) break;
        timers.shift();
        time = next.at;
        next.resolve();
        await settle();
      }
      time = until;
    },
    wait(id, milliseconds, signal = open) {
      const noted: { end?: WaitEnd; at?: number } = {};
      watch.wait({ id, version: versions.get(id) ?? 1 }, milliseconds, signal).then((end) => {
        noted.end = end;
        noted.at = time;
      });
      return noted;
    },
  };
}

Deno.test("a change is seen within a second, whenever it comes", async () => {
  for (let at = 0; at < 24_000; at += 370) {
    const scene = createScene();
    const waiting = scene.wait("a", 25_000);
    await scene.pass(at);
    scene.change("a");
    await scene.pass(1_000);
    assert.equal(waiting.end, "changed", `${at} ms`);
    assert.ok((waiting.at ?? Infinity) - at <= 750, `${at} ms: ${waiting.at}`);
  }
});

Deno.test("looks become rarer while nothing happens, and more again when something does", async () => {
  const scene = createScene();
  const waiting = scene.wait("a", 25_000);
  scene.wait("b", 25_000);
  await scene.pass(10_000);
  const pauses = (): number[] =>
    scene.looks.slice(1).map(({ at }, index) => Math.round(at - (scene.looks[index]?.at ?? 0)));
  assert.deepEqual(pauses().slice(0, 5), [375, 563, 750, 750, 750]);
  assert.equal(new Set(pauses().slice(3)).size, 1);
  scene.change("a");
  await scene.pass(1_000);
  assert.equal(waiting.end, "changed");
  assert.ok(pauses().slice(-2).some((pause) => pause < 400), pauses().join());
});

Deno.test("all who wait are looked at in one statement, each state once", async () => {
  const scene = createScene();
  for (let caller = 0; caller < 1_000; caller++) scene.wait(`task ${caller % 500}`, 25_000);
  await scene.pass(250);
  assert.equal(scene.looks.length, 1);
  assert.equal(scene.looks[0]?.shown.length, 500);
  await scene.pass(25_000);
  assert.ok(scene.looks.length < 45, `${scene.looks.length} looks for 1,000`);
});

Deno.test("only those are told whose task has changed", async () => {
  const scene = createScene();
  const [one, two] = [scene.wait("a", 25_000), scene.wait("b", 25_000)];
  scene.change("a");
  await scene.pass(300);
  assert.deepEqual([one.end, two.end], ["changed", undefined]);
  await scene.pass(25_000);
  assert.equal(two.end, "over");
  assert.ok((two.at ?? 0) >= 25_000 && (two.at ?? 0) <= 25_100, `${two.at}`);
});

Deno.test("a wait ends after a last look", async () => {
  const scene = createScene();
  const waiting = scene.wait("a", 5_000);
  await scene.pass(4_990);
  scene.change("a");
  await scene.pass(200);
  assert.equal(waiting.end, "changed");
});

Deno.test("who is gone is looked for no more, and when all are nobody looks", async () => {
  const scene = createScene();
  const [first, second] = [new AbortController(), new AbortController()];
  const waiting = [scene.wait("a", 25_000, first.signal), scene.wait("b", 25_000, second.signal)];
  await scene.pass(5_000);
  first.abort();
  await scene.pass(1_000);
  assert.equal(waiting[0]?.end, "cut");
  assert.deepEqual(scene.looks.at(-1)?.shown.map(({ id }) => id), ["b"]);
  second.abort();
  const { length } = scene.looks;
  await scene.pass(60_000);
  assert.deepEqual([waiting[1]?.end, scene.looks.length], ["cut", length]);
});

Deno.test("who is gone before anything was waited for is not looked for at all", async () => {
  const scene = createScene();
  const waiting = scene.wait("a", 25_000, AbortSignal.abort());
  await scene.pass(5_000);
  assert.deepEqual([waiting.end, scene.looks.length], ["cut", 0]);
});

Deno.test("when all have gone, the next one is served as the first was", async () => {
  const scene = createScene();
  scene.wait("a", 1_000);
  await scene.pass(60_000);
  const waiting = scene.wait("a", 25_000);
  scene.change("a");
  await scene.pass(300);
  assert.equal(waiting.end, "changed");
});

Deno.test("who comes at the very moment when the last one goes is served, too", async () => {
  for (let turns = 0; turns < 60; turns++) {
    const scene = createScene();
    const controller = new AbortController();
    scene.wait("a", 25_000, controller.signal);
    await scene.pass(200);
    controller.abort();
    // In the midst of this the pause ends in which the last one has gone.
    const passing = scene.pass(50);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    const next = scene.wait("b", 25_000);
    await passing;
    scene.change("b");
    await scene.pass(1_000);
    assert.equal(next.end, "changed", `after ${turns} turns`);
  }
});

Deno.test("a function that ends ends all waits at once, and begins none", async () => {
  const scene = createScene();
  const waiting = scene.wait("a", 25_000);
  await scene.pass(100);
  scene.watch.end();
  await scene.pass(0);
  assert.deepEqual([waiting.end, waiting.at], ["cut", 100]);
  const late = scene.wait("a", 25_000);
  await scene.pass(10_000);
  assert.deepEqual([late.end, scene.looks.length], ["cut", 0]);
});

Deno.test("a database that is away is looked at again, and that is logged", async () => {
  const scene = createScene();
  scene.database.isAway = true;
  const waiting = scene.wait("a", 25_000);
  await scene.pass(3_000);
  scene.database.isAway = false;
  scene.change("a");
  await scene.pass(1_000);
  assert.equal(waiting.end, "changed");
  assert.match(JSON.stringify(scene.lines), /waited tasks not looked at/);
});

Deno.test("what a slow look takes is part of the pause, and looks do not overlap", async () => {
  const scene = createScene();
  scene.database.takes = 400;
  scene.wait("a", 25_000);
  await scene.pass(10_000);
  const gaps = scene.looks.slice(5).map(({ at }, index) => at - (scene.looks[index + 4]?.at ?? 0));
  for (const gap of gaps) assert.equal(gap, 750);
  scene.database.takes = 2_000;
  await scene.pass(20_000);
  const last = scene.looks.slice(-3).map(({ at }) => at);
  for (const [index, at] of last.slice(1).entries()) assert.ok(at - (last[index] ?? 0) >= 2_100);
});
