import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readImage } from "./image_file.ts";
import { drawImage, type ImageFormat, type ImageOrder } from "./images.ts";
import { Jimp } from "./jimp.ts";

const order: ImageOrder = {
  width: 320,
  height: 208,
  seed: "a clay robot",
  index: 0,
  format: "png",
};

Deno.test("drawImage draws every format in exactly the ordered size", async (t) => {
  const formats: readonly ImageFormat[] = ["png", "jpeg", "webp"];
  for (const format of formats) {
    await t.step(format, async () => {
      assert.deepEqual(await readImage(await drawImage({ ...order, format })), {
        mediaType: `image/${format}`,
        width: 320,
        height: 208,
        hasTransparency: false,
      });
    });
  }
});

Deno.test("drawImage leaves the ground transparent when told to", async (t) => {
  for (const format of ["png", "webp"] as const) {
    await t.step(format, async () => {
      const file = await drawImage({ ...order, format, transparent: true });
      assert.equal((await readImage(file))?.hasTransparency, true);
    });
  }
});

Deno.test("drawImage gives an opaque PNG no alpha channel and a transparent one does", async () => {
  const colourTypeOffset = 25;
  const opaque = await drawImage(order);
  const transparent = await drawImage({ ...order, transparent: true });
  assert.equal(opaque[colourTypeOffset], 2);
  assert.equal(transparent[colourTypeOffset], 6);
});

Deno.test("drawImage repeats itself byte for byte for an equal order", async () => {
  assert.deepEqual(await drawImage(order), await drawImage({ ...order }));
});

Deno.test("drawImage draws something else for another seed or index", async (t) => {
  const original = await drawImage(order);
  const others: Readonly<Record<string, ImageOrder>> = {
    "another seed": { ...order, seed: "a clay cactus" },
    "another index": { ...order, index: 1 },
  };
  for (const [name, other] of Object.entries(others)) {
    await t.step(name, async () => {
      assert.notDeepEqual(await drawImage(other), original);
    });
  }
});

Deno.test("drawImage blurs a picture into one colour, which still depends on the order", async () => {
  const blurred = await drawImage({ ...order, blurred: true });
  const { data } = (await Jimp.read(Buffer.from(blurred))).bitmap;
  const pixels = new Set(Array.from({ length: 320 * 208 }, (_, i) => data.readUInt32BE(4 * i)));
  assert.equal(pixels.size, 1);
  const other = await drawImage({ ...order, seed: "a clay cactus", blurred: true });
  assert.notDeepEqual(other, blurred);
});

Deno.test("readImage knows no picture in damaged or other bytes", async (t) => {
  const png = await drawImage(order);
  const files: Readonly<Record<string, Uint8Array>> = {
    nothing: new Uint8Array(),
    text: new TextEncoder().encode("not a picture"),
    "the beginning of a PNG": png.slice(0, 100),
    "a PNG signature alone": png.slice(0, 8),
  };
  for (const [name, bytes] of Object.entries(files)) {
    await t.step(name, async () => assert.equal(await readImage(bytes), undefined));
  }
});
