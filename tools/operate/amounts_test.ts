import assert from "node:assert/strict";
import { readUsd, readWhole } from "./amounts.ts";

Deno.test("amounts and numbers are read to the last digit that the database keeps", () => {
  assert.equal(readUsd("--cap", "9999999999.99"), 9_999_999_999.99);
  assert.throws(() => readUsd("--cap", "10000000000"), /^Error: --cap must be an amount in USD/);
  assert.equal(readWhole("--count", "999999999", 0), 999_999_999);
  assert.throws(
    () => readWhole("--count", "1000000000", 0),
    /^Error: --count must be a whole number/,
  );
});
