import assert from "node:assert/strict";
import { withoutClientWords, wordsIn } from "./client_words.ts";

Deno.test("all texts of a request are a client's words", () => {
  assert.equal(wordsIn({ prompt: "a", n: 2, more: { text: "b" }, list: ["c", null] }), "a\nb\nc");
  assert.equal(wordsIn(undefined), "");
});

Deno.test("what a message repeats is taken out, whole or cut", () => {
  const prompt = "A poster against gun policy";
  const cases: readonly (readonly [message: string, rest: string])[] = [
    [`prompt: ${prompt} is too long`, "prompt:  is too long"],
    [`prompt: ${prompt.toUpperCase()} is too long`, "prompt:  is too long"],
    ["prompt: A poster against gun pol... is too long", "prompt: ... is too long"],
    [`${prompt}; ${prompt}`, "; "],
    ["Refused by our policy", "Refused by our policy"],
    ["A poster", "A poster"],
  ];
  for (const [message, rest] of cases) {
    assert.equal(withoutClientWords(message, `x\n${prompt}`), rest);
  }
  assert.equal(withoutClientWords("nsfw is odd, safety", "nsfw"), " is odd, safety");
});
