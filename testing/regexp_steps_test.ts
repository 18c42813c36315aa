import assert from "node:assert/strict";
import { countSteps } from "./regexp_steps.ts";

/** How often more steps a text takes that is twice as long. */
function growthOf(pattern: RegExp, part: string): number {
  return countSteps(pattern, part.repeat(100)) / countSteps(pattern, part.repeat(50));
}

Deno.test("what is searched once grows with the text, what is searched again with its square", () => {
  const linear: readonly (readonly [RegExp, string])[] = [
    [/a+/, "a"],
    [/\bsk-\w{8,}/, "sk-"],
    [/(?<=x\s{1,4})a/, "  "],
    [/^(?:<!--(?:(?!-->)[^])*-->)*<svg/, "<!---->"],
  ];
  for (const [pattern, part] of linear) {
    assert.ok(growthOf(pattern, part) < 2.2, String(pattern));
  }
  const quadratic: readonly (readonly [RegExp, string])[] = [
    [/a+b/, "a"],
    [/a+?b/i, "A"],
    [/(?<=x\s*)a/, "  "],
    [/(?=[^]*b)a/, "a"],
    [/x[^]*y|x/, "x"],
  ];
  for (const [pattern, part] of quadratic) {
    assert.ok(growthOf(pattern, part) > 3.5, String(pattern));
  }
});

Deno.test("what is tried in every combination doubles with each part", () => {
  const pattern = /^(?:<!--[^]*?-->)*<svg/;
  const [five, ten] = [5, 10].map((parts) => countSteps(pattern, "<!---->".repeat(parts)));
  assert.ok((ten ?? 0) > 16 * (five ?? 0));
});

Deno.test("a search goes on behind a match, and an empty match moves on", () => {
  assert.equal(countSteps(/ab/, "abab"), 2 + 2 + 1);
  assert.equal(countSteps(/^/, "ab"), 3);
});
