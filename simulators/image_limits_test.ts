import assert from "node:assert/strict";
import { findBrokenLimit, type ImageLimits } from "./image_limits.ts";

Deno.test("each limit admits its bound and refuses the next pixel", async (t) => {
  const cases: readonly (readonly [
    limits: ImageLimits,
    good: readonly [number, number],
    bad: readonly [number, number],
    reason: RegExp,
  ])[] = [
    [{ minimumSide: 64 }, [64, 900], [900, 63], /at least 64 pixels/],
    [{ maximumSide: 900 }, [900, 64], [64, 901], /at most 900 pixels/],
    [{ minimumPixels: 100 }, [10, 10], [9, 11], /at least 100 pixels/],
    [{ maximumPixels: 100 }, [10, 10], [10, 11], /at most 100 pixels/],
    [{ maximumRatio: 2.5 }, [25, 10], [10, 26], /ratio must lie between 1:2.5 and 2.5:1/],
  ];
  for (const [limits, [width, height], [badWidth, badHeight], reason] of cases) {
    await t.step(JSON.stringify(limits), () => {
      assert.equal(findBrokenLimit({ width, height }, limits), undefined);
      const found = findBrokenLimit({ width: badWidth, height: badHeight }, limits);
      assert.match(found ?? "", reason);
    });
  }
});

Deno.test("without limits every size is good", () => {
  assert.equal(findBrokenLimit({ width: 1, height: 100_000 }, {}), undefined);
});
