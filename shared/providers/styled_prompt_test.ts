import assert from "node:assert/strict";
import { styledPrompt } from "./styled_prompt.ts";

const limits = { provider: "Tripo", maxCharacters: 20 };

Deno.test("a style is added in words as long as there is room, and told either way", () => {
  assert.deepEqual(styledPrompt("x".repeat(8), ", clay style", limits), {
    prompt: `${"x".repeat(8)}, clay style`,
    warnings: ['style: Tripo no longer takes it; "clay style" was added to the prompt'],
  });
  assert.deepEqual(styledPrompt("x".repeat(9), ", clay style", limits), {
    prompt: "x".repeat(9),
    warnings: ["style: Tripo no longer takes it, and the prompt leaves no room for it; ignored"],
  });
});
