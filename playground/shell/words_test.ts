import assert from "node:assert/strict";
import { bytesWords, durationWords, sinceWords, usdWords } from "./words.ts";

Deno.test("durations are short and say their unit", () => {
  assert.equal(durationWords(0.84), "0.8 s");
  assert.equal(durationWords(42), "42 s");
  assert.equal(durationWords(180), "3 min");
  assert.equal(durationWords(3 * 3600), "3 h");
  assert.equal(durationWords(3 * 86_400), "3 d");
});

Deno.test("a time that is ahead of this clock is no negative time ago", () => {
  assert.equal(sinceWords("2026-01-01T00:00:05Z", Date.parse("2026-01-01T00:00:00Z")), "for 0.0 s");
});

Deno.test("sums below a cent are not nothing", () => {
  assert.deepEqual([0, 0.0042, 0.04, 1.5].map(usdWords), ["$0.00", "$0.0042", "$0.04", "$1.50"]);
});

Deno.test("sizes are by thousands", () => {
  assert.deepEqual([0, 999, 1_500, 340_000, 12_400_000].map(bytesWords), [
    "0 bytes",
    "999 bytes",
    "1.5 KB",
    "340 KB",
    "12 MB",
  ]);
});
