import fc from "fast-check";
import assert from "node:assert/strict";
import { roundUpUsd } from "./prices.ts";

Deno.test("amounts are rounded up to millionths of a dollar, and dust is none", () => {
  const cases = [[0.1 + 0.2, 0.3], [0.7 * 3, 2.1], [0.0000011, 0.000002], [1.05, 1.05], [0, 0]];
  for (const [usd = 0, rounded] of cases) assert.equal(roundUpUsd(usd), rounded, String(usd));
});

Deno.test("what is in millionths already stays as it is, however it was summed up", () => {
  fc.assert(fc.property(fc.array(fc.nat(2_000_000), { maxLength: 8 }), (millionths) => {
    const usd = millionths.reduce((sum, one) => sum + one / 1e6, 0);
    assert.equal(roundUpUsd(usd), millionths.reduce((sum, one) => sum + one, 0) / 1e6);
  }));
});
