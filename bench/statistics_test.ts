import assert from "node:assert/strict";
import { intervalOfMedian, median, medianTiming, percentile, timingOf } from "./statistics.ts";

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

Deno.test("the interval of a median has the ranks of the tables of the sign test", () => {
  // Of 20 throws, at most 5 heads have the probability 0.0207, at most 6 heads 0.0577.
  const cases: readonly (readonly [count: number, low: number, high: number])[] = [
    [5, 1, 5],
    [8, 2, 7],
    [20, 6, 15],
    [30, 11, 20],
  ];
  for (const [count, low, high] of cases) {
    const values = Array.from({ length: count }, (_, index) => count - index);
    assert.deepEqual(intervalOfMedian(values), { low, high });
  }
});

Deno.test("a few rounds out of line do not widen the interval, and four are too few for one", () => {
  const rounds = [...Array.from({ length: 16 }, (_, index) => 1 + index / 1000), 9, 9, 0.1, 0.1];
  const { low, high } = intervalOfMedian(rounds);
  assert.ok(low >= 1 && high < 1.02);
  assert.throws(() => intervalOfMedian([1, 1, 1, 1]), /too few/);
});
