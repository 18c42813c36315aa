import assert from "node:assert/strict";
import {
  boundedCost,
  boundedDelay,
  boundedName,
  boundedPercentage,
  boundedRateLimit,
  MAX_NAME_LENGTH,
  MAX_PAUSE_SECONDS,
} from "./bounds.ts";

const ODD = [NaN, -1, -Infinity, Infinity, 1e15, 0.5];

Deno.test("a delay is whole seconds within its maximum", () => {
  assert.deepEqual(ODD.map((seconds) => boundedDelay(seconds, MAX_PAUSE_SECONDS)), [
    ...[0, 0, 0],
    ...[900, 900, 1],
  ]);
});

Deno.test("a cost that no call has is unknown", () => {
  assert.deepEqual(ODD.map(boundedCost), [
    ...[undefined, undefined, undefined, undefined, undefined],
    0.5,
  ]);
});

Deno.test("progress is a whole percentage", () => {
  assert.deepEqual(ODD.map(boundedPercentage), [undefined, 0, 0, 100, 100, 1]);
});

Deno.test("a name is text that a row takes, or none", () => {
  const names = ["id", "i\0d", "\ud83d", "", "\0", "x".repeat(MAX_NAME_LENGTH + 1), undefined];
  assert.deepEqual(names.map(boundedName), [
    ...["id", "id", "\ufffd"],
    ...[undefined, undefined, undefined, undefined],
  ]);
});

Deno.test("a window of results has what can be believed of it, or is none", () => {
  const cases = [
    [{ limit: 20, remaining: 7, resetSeconds: 1.5 }, {
      limit: 20,
      remaining: 7,
      resetSeconds: 1.5,
    }],
    [{ limit: 20, remaining: 0, resetSeconds: 0 }, { limit: 20, remaining: 0, resetSeconds: 0 }],
    [{ limit: 0, remaining: 3 }, { remaining: 3 }],
    [{ limit: 20, remaining: 21 }, { limit: 20 }],
    [{ limit: 20, resetSeconds: 1e6 }, { limit: 20 }],
    [{ limit: 1e9 }, undefined],
    [{}, undefined],
    [undefined, undefined],
    ...ODD.map((odd) =>
      [
        { limit: odd, remaining: odd, resetSeconds: odd },
        odd === 0.5 ? { resetSeconds: 0.5 } : undefined,
      ] as const
    ),
  ] as const;
  for (const [told, bounded] of cases) {
    assert.deepEqual(boundedRateLimit(told), bounded, JSON.stringify(told));
  }
});
