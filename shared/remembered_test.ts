import assert from "node:assert/strict";
import { remember } from "./remembered.ts";

Deno.test("one question serves all who ask the same within a time", async () => {
  const asked: string[] = [];
  let now = 0;
  const ask = remember((name: string, place: number) => {
    asked.push(`${name} ${place}`);
    return Promise.resolve(asked.length);
  }, { milliseconds: 100, now: () => now });
  assert.deepEqual(await Promise.all([ask("a", 1), ask("a", 1), ask("a", 2)]), [1, 1, 2]);
  now = 99;
  assert.equal(await ask("a", 1), 1);
  now = 100;
  assert.equal(await ask("a", 1), 3);
  assert.deepEqual(asked, ["a 1", "a 2", "a 1"]);
});

Deno.test("a failure is told to who waits for it, and asked anew", async () => {
  let times = 0;
  const ask = remember(() => {
    times++;
    return times === 1 ? Promise.reject(new Error("not now")) : Promise.resolve(times);
  }, { milliseconds: 100, now: () => 0 });
  const both = await Promise.allSettled([ask(), ask()]);
  assert.deepEqual(both.map(({ status }) => status), ["rejected", "rejected"]);
  assert.equal(await ask(), 2);
});

Deno.test("no more answers are kept than there is room for", async () => {
  let times = 0;
  const ask = remember((_: number) => Promise.resolve(++times), {
    milliseconds: 100,
    entries: 2,
    now: () => 0,
  });
  for (const question of [1, 2, 3]) await ask(question);
  assert.equal(await ask(3), 3);
  assert.equal(await ask(1), 4);
});
