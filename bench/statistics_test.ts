import assert from "node:assert/strict";
import { median, medianTiming, percentile, timingOf } from "./statistics.ts";

Deno.test("a percentile is a value that was measured, in whatever order they came", () => {
  const values = [5, 1, 4, 2, 3];
  assert.equal(percentile(values, 0.5), 3);
  assert.equal(percentile(values, 0.95), 5);
  assert.equal(percentile(values, 0.2), 1);
  assert.equal(percentile(values, 0), 1);
  assert.equal(percentile([7], 0.99), 7);
  assert.deepEqual(values, [5, 1, 4, 2, 3]);
});

Deno.test("of a hundred values the percentiles are those of these numbers", () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.deepEqual(timingOf(values, 4), { perSecond: 25, p50: 50, p95: 95, p99: 99 });
});

Deno.test("without values there is no percentile", () => {
  assert.throws(() => percentile([], 0.5), /No values/);
});

Deno.test("one round out of line does not move the median", () => {
  assert.equal(median([10, 11, 900]), 11);
  const rounds = [1, 2, 50].map((value) => ({ perSecond: value, p50: 1, p95: value, p99: value }));
  assert.deepEqual(medianTiming(rounds), { perSecond: 2, p50: 1, p95: 2, p99: 2 });
});
