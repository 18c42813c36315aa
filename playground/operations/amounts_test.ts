import assert from "node:assert/strict";
import { duration, lengthOf, money } from "./amounts.ts";

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

Deno.test("a time is as rough as it is long", () => {
  const words = [0.4, 42, 150, 7_200].map(duration).map((text) => text.replace("\u00a0", " "));
  assert.deepEqual(words, ["0 s", "42 s", "3 min", "2 h"]);
});

Deno.test("characters are counted as the API counts them", () => {
  assert.equal(lengthOf("🦊 fox"), 5);
});
