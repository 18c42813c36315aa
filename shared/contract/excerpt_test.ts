import assert from "node:assert/strict";
import { excerpt } from "./excerpt.ts";

const FAMILY = "👨‍👩‍👧‍👦";

Deno.test("an excerpt has at most a hundred characters, each of them whole", async (t) => {
  const cases: readonly (readonly [name: string, text: string, shown: string])[] = [
    ["short", "ab", "ab"],
    ["just fits", "x".repeat(100), "x".repeat(100)],
    ["letters", "x".repeat(101), `${"x".repeat(100)}…`],
    ["emoji", `x${"😀".repeat(100)}`, `x${"😀".repeat(99)}…`],
    ["emoji that just fit", "😀".repeat(100), "😀".repeat(100)],
    ["joined emoji", FAMILY.repeat(101), `${FAMILY.repeat(100)}…`],
    ["accents of their own", "e\u0301".repeat(101), `${"e\u0301".repeat(100)}…`],
    ["Chinese beyond the first plane", "𠮷".repeat(101), `${"𠮷".repeat(100)}…`],
  ];
  for (const [name, text, shown] of cases) {
    await t.step(name, () => {
      assert.equal(excerpt(text), shown);
      assert.ok(excerpt(text).isWellFormed());
    });
  }
});

Deno.test("one character without end is cut, and quickly", () => {
  const marks = "\u0301".repeat(200_000);
  assert.ok(excerpt(`e${marks}`).length <= 1_601);
});
