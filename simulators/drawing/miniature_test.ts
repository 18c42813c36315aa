import assert from "node:assert/strict";
import { decodeImage } from "../image_file.ts";
import { drawImage, MARGIN } from "../images.ts";
import type { Colour } from "./bitmap.ts";
import { miniatureOf } from "./miniature.ts";
import { pixelAt } from "./testing.ts";

const RED: Colour = [250, 10, 20, 255];
const BLUE: Colour = [10, 20, 250, 255];

/** A picture whose left half is red, and whose right half is blue. */
function flag(width: number, height: number) {
  const data = Uint8Array.from(
    Array.from({ length: width * height }, (_, i) => i % width < width / 2 ? RED : BLUE).flat(),
  );
  return { width, height, data };
}

Deno.test("a copy is as small as can be, and of the same shape", () => {
  const sizes = [[640, 320, 64, 32], [100, 1000, 6, 64], [10, 20, 10, 20], [5000, 1, 64, 1]];
  for (const [width = 0, height = 0, ...expected] of sizes) {
    const copy = miniatureOf(flag(width, height));
    assert.deepEqual([copy.width, copy.height], expected);
    assert.equal(copy.data.length, copy.width * copy.height * 4);
    assert.deepEqual([...copy.data.slice(0, 4)], RED);
  }
});

Deno.test("an input is known again in the result's left upper corner", async (t) => {
  for (const [width, height] of [[1024, 1024], [640, 1536], [300, 200]] as const) {
    await t.step(`${width}x${height}`, async () => {
      const inputs = [miniatureOf(flag(800, 400))];
      const order = { width, height, seed: "x", index: 0, format: "png" } as const;
      const image = await decodeImage(await drawImage({ ...order, inputs }));
      assert.ok(image);
      const [x, y] = [Math.ceil(width * MARGIN), Math.ceil(height * MARGIN)];
      const side = Math.floor(0.28 * Math.min(width, height));
      assert.deepEqual(pixelAt(image, x, y), RED.slice(0, 3));
      assert.deepEqual(pixelAt(image, x + side - 3, y + 3), BLUE.slice(0, 3));
      assert.deepEqual(pixelAt(image, x + 3, y + Math.floor(side / 2) - 3), RED.slice(0, 3));
    });
  }
});
