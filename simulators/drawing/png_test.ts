import fc from "fast-check";
import assert from "node:assert/strict";
import { decodeImage } from "../image_file.ts";
import type { Bitmap } from "./bitmap.ts";
import { encodePng } from "./png.ts";

/** Rows of which some are like the one above, as in what is drawn. */
const bitmaps: fc.Arbitrary<Bitmap> = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)).chain(
  ([width, extraRows]) => {
    const row = fc.uint8Array({ minLength: 4 * width, maxLength: 4 * width });
    return fc.tuple(fc.array(row, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(2))).map(
      ([rows, choices]) => {
        const all = [...rows, ...choices.slice(0, extraRows).map((n) => rows[n % rows.length])];
        const data = Uint8Array.from(all.flatMap((one) => [...one ?? []]));
        return { width, height: all.length, data };
      },
    );
  },
);

Deno.test("an encoded bitmap is decoded to the same pixels", async () => {
  await fc.assert(fc.asyncProperty(bitmaps, fc.boolean(), async (bitmap, hasAlpha) => {
    const decoded = await decodeImage(encodePng(bitmap, hasAlpha));
    assert.deepEqual([decoded?.width, decoded?.height], [bitmap.width, bitmap.height]);
    const expected = bitmap.data.map((value, i) => i % 4 === 3 && !hasAlpha ? 255 : value);
    assert.deepEqual([...Array.from(decoded?.data ?? [])], [...expected]);
  }));
});
