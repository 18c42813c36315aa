import assert from "node:assert/strict";
import { type PauseOptions, readPause } from "./pause_options.ts";

Deno.test("a pause needs no option, and has its own words and time where they are named", () => {
  assert.deepEqual(readPause({}), { message: null, retryAfterSeconds: null });
  assert.deepEqual(readPause({ message: " Back at noon ", "retry-after": "600" }), {
    message: "Back at noon",
    retryAfterSeconds: 600,
  });
});

Deno.test("what is mistyped is named with what is possible", async (t) => {
  const cases: readonly (readonly [PauseOptions, RegExp])[] = [
    [{ message: "  " }, /^--message is empty/],
    [{ "retry-after": "0" }, /^--retry-after must be a whole number from 1 on: 0$/],
    [{ "retry-after": "-5" }, /^--retry-after/],
    [{ "retry-after": "soon" }, /^--retry-after/],
    [{ "retry-after": "1.5" }, /^--retry-after/],
  ];
  for (const [options, message] of cases) {
    await t.step(JSON.stringify(options), () => {
      assert.throws(() => readPause(options), { message });
    });
  }
});
