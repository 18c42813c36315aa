import assert from "node:assert/strict";
import fc from "fast-check";
import type { ImageSize } from "../inputs/seen_size.ts";
import { providers } from "../providers/catalog.ts";
import type { ImageLimits } from "../providers/provider_operation.ts";
import { brokenImageLimit } from "./image_limits.ts";

type Case = readonly [width: number, height: number, words?: string];

const control: ImageLimits = { minSide: 64, minPixels: 5_000, maxPixels: 9_000, maxRatio: 2.5 };

const cases: Readonly<Record<string, readonly [limits: ImageLimits, cases: readonly Case[]]>> = {
  "no limits": [{}, [[1, 1], [100_000, 1]]],
  "shortest side": [{ minSide: 64 }, [
    [64, 64],
    [63, 64, "each side must have at least 64"],
    [64, 63, "each side must have at least 64"],
    [9_999, 63, "each side must have at least 64"],
  ]],
  "longest side": [{ maxSide: 4_096 }, [
    [4_096, 4_096],
    [4_097, 1, "no side may have more than 4096"],
    [1, 4_097, "no side may have more than 4096"],
  ]],
  "fewest pixels": [{ minPixels: 4_096 }, [
    [64, 64],
    [4_096, 1],
    [4_095, 1, "width times height must be at least 4096"],
    [65, 63, "width times height must be at least 4096"],
  ]],
  "most pixels": [{ maxPixels: 16_000_000 }, [
    [4_000, 4_000],
    [4_000, 4_001, "width times height may be at most 16000000"],
    [4_001, 4_000, "width times height may be at most 16000000"],
  ]],
  "longer by shorter side": [{ maxRatio: 2.5 }, [
    [250, 100],
    [100, 250],
    [251, 100, "the longer side may be at most 2.5 times the shorter"],
    [100, 251, "the longer side may be at most 2.5 times the shorter"],
  ]],
  "all at once": [control, [
    [100, 64],
    [63, 100, "each side must have at least 64"],
    [64, 64, "width times height must be at least 5000"],
    [100, 100, "width times height may be at most 9000"],
  ]],
};

for (const [name, [limits, sizes]] of Object.entries(cases)) {
  Deno.test(`an image is accepted up to the limit and rejected beyond: ${name}`, async (t) => {
    for (const [width, height, words] of sizes) {
      await t.step(`${width}x${height}`, () => {
        assert.equal(brokenImageLimit({ width, height }, limits)?.split(": ")[0], words);
      });
    }
  });
}

/** The size that the words tell. */
function toldSize(words: string): ImageSize {
  const [, width, height] = /(\d+)x(\d+) before uploading$/.exec(words) ?? [];
  return { width: Number(width), height: Number(height) };
}

Deno.test("what is told to do keeps to every limit, for any picture at any provider", () => {
  const limits = Object.values(providers)
    .flatMap(({ operations }) => operations.flatMap(({ assetLimits }) => assetLimits?.image ?? []));
  const side = fc.integer({ min: 1, max: 20_000 });
  const property = fc.property(side, side, fc.constantFrom(...limits), (width, height, limits) => {
    const words = brokenImageLimit({ width, height }, limits);
    if (words === undefined) return;
    const told = toldSize(words);
    assert.equal(brokenImageLimit(told, limits), undefined, words);
    const [from, to] = [Math.sign(width - height), Math.sign(told.width - told.height)];
    assert.ok(to === 0 || to === from, words);
  });
  fc.assert(property, { numRuns: 2_000 });
});

Deno.test("a picture is to lose as little as possible", async (t) => {
  const cases: readonly (readonly [width: number, height: number, ImageLimits, words: string])[] = [
    [4_032, 3_024, { maxPixels: 4_194_304 }, "scale it down to at most 2364x1773"],
    [3_024, 4_032, { maxPixels: 4_194_304 }, "scale it down to at most 1773x2364"],
    [3_000, 100, control, "crop and scale it to at most 140x64"],
    [300, 200, { minSide: 640 }, "scale it up to at least 960x640"],
    [4_000, 1_000, { maxRatio: 2.5 }, "crop it to at most 2500x1000"],
  ];
  for (const [width, height, limits, words] of cases) {
    await t.step(`${width}x${height}`, () => {
      const broken = brokenImageLimit({ width, height }, limits);
      assert.equal(broken?.split(": ")[1], `${words} before uploading`);
    });
  }
});
