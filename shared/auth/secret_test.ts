import assert from "node:assert/strict";
import { isOneOfSecrets, isSameSecret } from "./secret.ts";

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

Deno.test("isOneOfSecrets is true for each of them and for nothing else", () => {
  const secrets = ["first", "second"];
  for (const given of secrets) assert.ok(isOneOfSecrets(given, secrets), given);
  for (const given of ["", "third", "first,second"]) {
    assert.ok(!isOneOfSecrets(given, secrets), given);
  }
  assert.ok(!isOneOfSecrets("", []));
});
