import assert from "node:assert/strict";
import { lengthOf } from "./length_of.ts";

Deno.test("characters are counted as the API counts them", () => {
  assert.equal(lengthOf("🦊 fox"), 5);
});
