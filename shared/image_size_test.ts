import assert from "node:assert/strict";
import fc from "fast-check";
import { drawImage } from "../simulators/images.ts";
import { craftedImages } from "../testing/crafted_images.ts";
import { files } from "../testing/files.ts";
import { BEGINNING_BYTES, imageSize } from "./image_size.ts";
import { detectInputType, detectResultType } from "./storage/media_type.ts";

const picture = { width: 30, height: 20, seed: "x", index: 0 };
const pictures = await Promise.all(
  (["png", "jpeg", "webp"] as const).map((format) => drawImage({ ...picture, format })),
);

Deno.test("an image tells its size, whole or by its beginning", () => {
  for (const bytes of pictures) {
    assert.deepEqual(imageSize(bytes), { width: 30, height: 20 });
    assert.deepEqual(imageSize(bytes.subarray(0, 700)), { width: 30, height: 20 });
  }
});

Deno.test("what no operation takes has no size, however it is made", async (t) => {
  const others = { ...craftedImages, "SVG": files.svg, "empty": files.empty, "GLB": files.glb };
  for (const [name, bytes] of Object.entries(others)) {
    await t.step(name, () => assert.equal(imageSize(bytes), undefined));
  }
});

Deno.test("a header that lies tells what it tells, and one cut off nothing", () => {
  for (const bytes of pictures) {
    for (let length = 0; length < 200; length++) {
      const size = imageSize(bytes.subarray(0, length));
      assert.ok(size === undefined || (size.width === 30 && size.height === 20));
    }
  }
  const huge = pictures[0]?.slice(0, 33) ?? new Uint8Array(33);
  huge.fill(0xff, 16, 24);
  assert.deepEqual(imageSize(huge), { width: 0xffff_ffff, height: 0xffff_ffff });
  huge.fill(0, 16, 20);
  assert.equal(imageSize(huge), undefined);
});

/** Pictures with some bytes changed, beginnings of all kinds with any bytes behind them, and noise. */
const hostileBytes = fc.oneof(
  fc.tuple(
    fc.constantFrom(...pictures, craftedImages.AVIF),
    fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 20 }),
  ).map(([bytes, changes]) => {
    const changed = bytes.slice();
    for (const [place, byte] of changes) changed[place % changed.length] = byte;
    return changed;
  }),
  fc.tuple(fc.constantFrom(...Object.values(files)), fc.uint8Array({ maxLength: 6_000 })).map(
    ([beginning, rest]) => Uint8Array.of(...beginning, ...rest),
  ),
  fc.uint8Array({ maxLength: 6_000 }),
);

/** How often a byte is looked at. */
function looksAt(bytes: Uint8Array): number {
  const { getUint8, getUint16 } = DataView.prototype;
  let looks = 0;
  DataView.prototype.getUint8 = function (...place): number {
    looks++;
    return getUint8.apply(this, place);
  };
  DataView.prototype.getUint16 = function (...place): number {
    looks++;
    return getUint16.apply(this, place);
  };
  try {
    imageSize(bytes);
  } finally {
    Object.assign(DataView.prototype, { getUint8, getUint16 });
  }
  return looks;
}

Deno.test("whatever its bytes are, a file has a size or has none", async () => {
  await fc.assert(
    fc.asyncProperty(hostileBytes, async (bytes) => {
      const size = imageSize(bytes);
      assert.ok(size === undefined || (size.width > 0 && size.height > 0));
      await detectInputType(bytes, "image");
      await detectInputType(bytes, "model");
      await detectResultType(bytes, "image");
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("a beginning made to be hard to read takes no more steps than it has bytes", async (t) => {
  const beginnings: Readonly<Record<string, readonly number[]>> = {
    "fill bytes": [0xff],
    "standalone marks": [0xff, 0x01],
    "segments of no length": [0xff, 0xe0, 0, 0],
    "segments of two bytes": [0xff, 0xe0, 0, 2],
    "junk": [0x00],
  };
  for (const [name, repeated] of Object.entries(beginnings)) {
    await t.step(name, () => {
      const bytes = new Uint8Array(BEGINNING_BYTES);
      bytes.set([0xff, 0xd8, 0xff, 0xe0, 0, 2]);
      for (let place = 6; place < bytes.length; place++) {
        bytes[place] = repeated[(place - 6) % repeated.length] ?? 0;
      }
      assert.ok(looksAt(bytes) <= 3 * bytes.length);
    });
  }
});
