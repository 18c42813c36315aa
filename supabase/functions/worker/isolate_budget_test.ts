import assert from "node:assert/strict";
import { anIsolate } from "../../../testing/isolates.ts";
import { CLAIMS_PER_WAKE_UP, IsolateBudget } from "./isolate_budget.ts";

/** An isolate of the Free plan, woken at its start, and its age in seconds. */
function ageing(): { isolate: IsolateBudget; clock: { age: number } } {
  const clock = { age: 0 };
  const isolate = anIsolate({ now: () => 1_000 * (1_000 + clock.age) });
  isolate.refresh();
  return { isolate, clock };
}

Deno.test("an isolate claims by itself within its budget, later when it is woken, never at its end", () => {
  const { isolate, clock } = ageing();
  const mayClaim = (age: number): readonly boolean[] => {
    clock.age = age;
    return [isolate.mayClaim(false), isolate.mayClaim(true)];
  };
  assert.deepEqual(mayClaim(0), [true, true]);
  assert.deepEqual(mayClaim(49.9), [true, true]);
  assert.deepEqual(mayClaim(50), [false, true]);
  assert.deepEqual(mayClaim(120), [false, true]);
  assert.deepEqual(mayClaim(121), [false, false]);
  clock.age = 0;
  isolate.end();
  assert.deepEqual(mayClaim(0), [false, false]);
});

Deno.test("a call begins with as much life left as it may take, and some for what follows", () => {
  const { isolate, clock } = ageing();
  assert.equal(isolate.callSeconds, 135);
  clock.age = 100;
  assert.deepEqual([isolate.lifeSeconds, isolate.callSeconds], [50, 35]);
});

Deno.test("claims use up what a wake-up has promised; polls a fraction of it", () => {
  const { isolate } = ageing();
  assert.equal(isolate.startsLeft, CLAIMS_PER_WAKE_UP);
  isolate.spend({ starts: 10, polls: 20 });
  assert.equal(isolate.startsLeft, CLAIMS_PER_WAKE_UP - 15);
  isolate.spend({ starts: 9, polls: 0 });
  assert.deepEqual([isolate.startsLeft, isolate.mayClaim(true)], [0, false]);
  isolate.refresh();
  assert.deepEqual([isolate.startsLeft, isolate.mayClaim(true)], [CLAIMS_PER_WAKE_UP, true]);
});

Deno.test("an isolate is spent when a fresh one could do more", () => {
  const { isolate, clock } = ageing();
  assert.equal(isolate.isSpent, false);
  clock.age = 10;
  assert.equal(isolate.isSpent, false);
  clock.age = 11;
  assert.equal(isolate.isSpent, true, "it may not live through the longest call");
  const { isolate: used } = ageing();
  used.spend({ starts: CLAIMS_PER_WAKE_UP, polls: 0 });
  assert.equal(used.isSpent, true);
});

Deno.test("a wake-up says that an isolate lives longer than the setting", () => {
  const { isolate, clock } = ageing();
  clock.age = 75;
  isolate.refresh();
  assert.equal(isolate.lifeSeconds, 75, "as the setting says");
  clock.age = 190;
  assert.equal(isolate.mayClaim(true), false);
  isolate.refresh();
  assert.deepEqual([isolate.lifeSeconds, isolate.mayClaim(true)], [190, true]);
});
