import assert from "node:assert/strict";
import { ago, countOf, duration, fileSize, money, roughDuration } from "./amounts.ts";

Deno.test("a duration has as many digits as matter", () => {
  const texts = [0, -5, 640, 9_940, 9_960, 59_400, 59_600, 60_000, 125_000, 3_600_000, 3_900_000]
    .map(duration);
  assert.deepEqual(texts, [
    "under 0.1 s",
    "under 0.1 s",
    "0.6 s",
    "9.9 s",
    "10 s",
    "59 s",
    "1 min",
    "1 min",
    "2 min 5 s",
    "1 h",
    "1 h 5 min",
  ]);
});

Deno.test("what is reckoned has no tenths, and is never nothing", () => {
  assert.deepEqual([0, 0.4, 3.2, 42, 95].map(roughDuration), [
    "1 s",
    "1 s",
    "3 s",
    "42 s",
    "1 min 35 s",
  ]);
});

Deno.test("sizes and counts are as people write them", () => {
  assert.deepEqual([1, 847, 26_879, 999_960, 6_214_520, 150_000_000, 3_100_000_000].map(fileSize), [
    "1 byte",
    "847 bytes",
    "26.9 kB",
    "1.0 MB",
    "6.2 MB",
    "150 MB",
    "3.1 GB",
  ]);
  assert.deepEqual([1, 39_824].map((count) => countOf(count, "triangle")), [
    "1 triangle",
    "39,824 triangles",
  ]);
});

Deno.test("how long ago something was, by the clock that is given", () => {
  const now = Date.parse("2026-11-29T12:00:00Z");
  const texts = ["12:00:20", "11:59:20", "11:55:00", "09:10:00"]
    .map((time) => ago(`2026-11-29T${time}Z`, now));
  assert.deepEqual(texts, ["just now", "just now", "5 min ago", "2 h ago"]);
  assert.match(ago("2026-11-20T12:00:00Z", now), /^20 Nov 2026/);
});

Deno.test("money is in cents below a dollar, with the places that matter", () => {
  const amounts = [0, 0.0004, 0.015, 0.04, 0.076, 0.3, 0.999, 1, 12.345];
  assert.deepEqual(amounts.map(money).map((text) => text.replace("\u00a0", " ")), [
    "0 ¢",
    "0.04 ¢",
    "1.5 ¢",
    "4 ¢",
    "7.6 ¢",
    "30 ¢",
    "100 ¢",
    "$1.00",
    "$12.35",
  ]);
});
