import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { Jimp } from "../../../simulators/jimp.ts";
import { drawnPng, type PngOrder } from "../../../testing/drawn_png.ts";
import { aPng, joined } from "../../../testing/small_files.ts";
import type { Bytes } from "../../bytes.ts";
import { blobSource } from "../byte_source.ts";
import { lookAtMask, type MaskLook } from "./look_at_mask.ts";

const size = { width: 37, height: 20 };
/** The white part of what the tests draw. */
const isWhite = (x: number, y: number): boolean => x > 10 && y > 5 && x + y < 40;

async function lookAt(png: Bytes): Promise<MaskLook> {
  return await lookAtMask(blobSource(new Blob([png])));
}

/** Where a mended mask is white, as a decoder sees it; the rest is black and opaque. */
async function whiteOf(look: MaskLook): Promise<readonly string[]> {
  assert.equal(look.found, "mended", JSON.stringify(look));
  const { width, height, data } = (await Jimp.read(Buffer.from(look.png))).bitmap;
  assert.deepEqual({ width, height }, size);
  const white: string[] = [];
  for (let i = 0; i < data.length; i += 4) {
    const value = data[i] ?? 0;
    assert.deepEqual([...data.subarray(i, i + 4)], [value, value, value, 255]);
    assert.ok(value === 0 || value === 255);
    if (value === 255) white.push(`${(i / 4) % width},${Math.floor(i / 4 / width)}`);
  }
  return white;
}

const expected = Array.from(
  { length: size.height },
  (_, y) => Array.from({ length: size.width }, (_, x) => isWhite(x, y) ? [`${x},${y}`] : []),
).flat(2);

type Kind = Omit<PngOrder, "width" | "height">;

const palette = Uint8Array.of(0, 0, 0, 255, 255, 255, 30, 30, 30);

/** Pure masks in every form that PNG has. */
const pure: Readonly<Record<string, Kind>> = {
  "1 bit": { depth: 1, pixel: (x, y) => [isWhite(x, y) ? 1 : 0] },
  "2 bits": { depth: 2, pixel: (x, y) => [isWhite(x, y) ? 3 : 0] },
  "4 bits": { depth: 4, pixel: (x, y) => [isWhite(x, y) ? 15 : 0] },
  "8 bits": { pixel: (x, y) => [isWhite(x, y) ? 255 : 0] },
  "16 bits": { depth: 16, pixel: (x, y) => [isWhite(x, y) ? 65_535 : 0] },
  "colours": { colourType: 2, pixel: (x, y) => Array(3).fill(isWhite(x, y) ? 255 : 0) },
  "a palette": { colourType: 3, depth: 2, palette, pixel: (x, y) => [isWhite(x, y) ? 1 : 0] },
  "opaque alpha": { colourType: 4, pixel: (x, y) => [isWhite(x, y) ? 255 : 0, 255] },
  "opaque colours": {
    colourType: 6,
    pixel: (x, y) => [...Array(3).fill(isWhite(x, y) ? 255 : 0), 255],
  },
};

for (const [name, kind] of Object.entries(pure)) {
  Deno.test(`a mask of pure black and white is good as it is: ${name}`, async () => {
    assert.deepEqual(await lookAt(await drawnPng({ ...size, ...kind })), { found: "good" });
  });
}

/** Greys that are nearer to what is meant, at some edges. */
const soft = (x: number, y: number): number =>
  isWhite(x, y) ? (y === 6 ? 140 : 255) : y === 5 ? 3 : 0;

/** Masks that say what they mean in another way. */
const mended: Readonly<Record<string, readonly [kind: Kind, words: RegExp]>> = {
  "soft edges": [{ pixel: (x, y) => [soft(x, y)] }, /greys/],
  "soft edges in 16 bits": [{ depth: 16, pixel: (x, y) => [soft(x, y) * 257] }, /greys/],
  "soft edges in colours": [
    { colourType: 6, pixel: (x, y) => [...Array(3).fill(soft(x, y)), 255] },
    /greys/,
  ],
  "a palette with a dark grey": [
    { colourType: 3, palette, pixel: (x, y) => [isWhite(x, y) ? 1 : y === 0 ? 2 : 0] },
    /greys/,
  ],
  "a hole in black": [
    { colourType: 6, pixel: (x, y) => [0, 0, 0, isWhite(x, y) ? 0 : 255] },
    /sent as white/,
  ],
  "a soft hole": [
    { colourType: 4, pixel: (x, y) => [0, isWhite(x, y) ? (y === 6 ? 100 : 0) : 255] },
    /sent as white/,
  ],
  "white on nothing": [
    { colourType: 4, pixel: (x, y) => [255, isWhite(x, y) ? 255 : 0] },
    /sent as black/,
  ],
  "white and black on nothing": [
    {
      colourType: 4,
      pixel: (x, y) => [isWhite(x, y) ? 255 : 0, x > 30 && !isWhite(x, y) ? 0 : 255],
    },
    /sent as black/,
  ],
  "a transparent white in a palette": [
    {
      colourType: 3,
      palette,
      transparency: Uint8Array.of(255, 0),
      pixel: (x, y) => [isWhite(x, y) ? 1 : 0],
    },
    /sent as white/,
  ],
  "a transparent grey": [
    { transparency: Uint8Array.of(0, 255), pixel: (x, y) => [isWhite(x, y) ? 255 : 0] },
    /sent as white/,
  ],
};

for (const [name, [kind, words]] of Object.entries(mended)) {
  for (const filter of [0, 1, 2, 3, 4]) {
    Deno.test(`a mask is mended where it is clear what is meant: ${name}, filter ${filter}`, async () => {
      const look = await lookAt(await drawnPng({ ...size, ...kind, filter }));
      assert.deepEqual(await whiteOf(look), expected);
      assert.match(look.found === "mended" ? look.changes.join() : "", words);
    });
  }
}

const good: Kind = { pixel: (x, y) => [isWhite(x, y) ? 255 : 0] };

/** Masks of which nobody can say what they mean. */
const refused: Readonly<
  Record<string, readonly [png: () => Promise<Bytes> | Bytes, words: RegExp]>
> = {
  "a photo": [
    () => drawnPng({ ...size, pixel: (x, y) => [(x * 7 + y * 5) % 256] }),
    /grey in large/,
  ],
  "red strokes": [
    () => drawnPng({ ...size, colourType: 2, pixel: (x, y) => [isWhite(x, y) ? 255 : 0, 0, 0] }),
    /colours; must be only black \(stays\) and white \(changes\)/,
  ],
  "nothing": [() => drawnPng({ ...size, pixel: () => [0] }), /no white, so nothing would change/],
  "an empty layer": [() => drawnPng({ ...size, colourType: 4, pixel: () => [0, 0] }), /no white/],
  "interlaced rows": [() => drawnPng({ ...size, ...good, isInterlaced: true }), /interlac/],
  "no rows": [() => aPng(size), /cannot be read/],
  "a filter that is none": [() => drawnPng({ ...size, ...good, filter: 5 }), /cannot be read/],
  "a kind that is none": [() => drawnPng({ ...size, ...good, colourType: 5 }), /cannot be read/],
  "too few rows": [
    async () => {
      const png = await drawnPng({ ...size, ...good });
      return joined(png.slice(0, 20), Uint8Array.of(0, 0, 0, 99), png.slice(24));
    },
    /cannot be read/,
  ],
  "a broken stream": [
    async () => (await drawnPng({ ...size, ...good })).map((byte, at) => at === 60 ? ~byte : byte),
    /cannot be read/,
  ],
  "megabytes": [() => joined(aPng(), new Uint8Array(2_000_001)), /too long/],
};

for (const [name, [png, words]] of Object.entries(refused)) {
  Deno.test(`a mask that means nothing is refused with the rule: ${name}`, async () => {
    const look = await lookAt(await png());
    assert.match(look.found === "unusable" ? look.words : look.found, words);
  });
}
