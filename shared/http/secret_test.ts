import assert from "node:assert/strict";
import { isSameSecret } from "./secret.ts";

Deno.test("isSameSecret is true for equal texts only", async (t) => {
  const cases: readonly (readonly [name: string, given: string, same: boolean])[] = [
    ["equal", "secret-ä", true],
    ["empty", "", false],
    ["other case", "Secret-ä", false],
    ["beginning", "secret", false],
    ["longer", "secret-ä ", false],
    ["other letter of the same length", "secret-ö", false],
  ];
  for (const [name, given, same] of cases) {
    await t.step(name, () => assert.equal(isSameSecret(given, "secret-ä"), same));
  }
});
