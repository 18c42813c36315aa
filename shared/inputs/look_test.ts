import assert from "node:assert/strict";
import { wordsOf } from "../../testing/looked_words.ts";
import {
  aGlb,
  aJpeg,
  aPng,
  aWebp,
  bytesOf,
  exif,
  joined,
  jpegSegment,
  pngChunk,
  triangle,
  webpChunk,
} from "../../testing/small_files.ts";
import type { Bytes } from "../bytes.ts";
import { look } from "./look.ts";

const LONG = 3_000_000;
const exifSegment = (orientation: number): Bytes =>
  jpegSegment(0xe1, joined(bytesOf("Exif\0\0"), exif(orientation)));
/** Extended XMP of some megabytes, in segments as long as they may be. */
const longXmp = Array.from(
  { length: LONG / 60_000 },
  () => jpegSegment(0xe1, new Uint8Array(60_000)),
);
const shape = { width: 40, height: 30 };

const cases: Readonly<Record<string, readonly [bytes: Bytes, words: string]>> = {
  "a PNG": [aPng(shape), "image/png 40x30 1"],
  "a PNG with alpha": [aPng(shape, [], [], 6), "image/png 40x30 1 alpha"],
  "a PNG with a transparent colour": [aPng(shape, [pngChunk("tRNS")]), "image/png 40x30 1 alpha"],
  "an animated PNG": [aPng(shape, [pngChunk("acTL")]), "image/png 40x30 1 animated"],
  "a PNG turned before its picture": [
    aPng(shape, [pngChunk("eXIf", exif(6))]),
    "image/png 40x30 6",
  ],
  "a PNG turned behind its picture": [
    aPng(shape, [], [pngChunk("eXIf", exif(8))]),
    "image/png 40x30 8",
  ],
  "a PNG with a long text": [
    aPng(shape, [pngChunk("iTXt", new Uint8Array(LONG)), pngChunk("eXIf", exif(3))]),
    "image/png 40x30 3",
  ],
  "a PNG with something behind it": [
    joined(aPng(shape), new Uint8Array(1_000)),
    "image/png 40x30 1",
  ],
  "a PNG that breaks off": [aPng(shape).slice(0, -13), "a PNG that breaks off"],
  "a PNG without a size": [aPng({ width: 0 }), "a PNG that cannot be read"],
  "a PNG of Apple's": [
    joined(bytesOf("\x89PNG\r\n\x1a\n"), pngChunk("CgBI", new Uint8Array(4)), aPng().slice(8)),
    "a PNG in Apple's own form (CgBI)",
  ],
  "a JPEG": [aJpeg(shape), "image/jpeg 40x30 1"],
  "a progressive JPEG": [aJpeg(shape, [], { frame: 0xc2 }), "image/jpeg 40x30 1"],
  "a turned JPEG": [aJpeg(shape, [exifSegment(6)]), "image/jpeg 40x30 6"],
  "a JPEG behind megabytes of XMP": [
    aJpeg(shape, [...longXmp, exifSegment(5)]),
    "image/jpeg 40x30 5",
  ],
  "a JPEG with a video behind it": [
    joined(aJpeg(shape), new Uint8Array(200_000).map((_, place) => place * 7)),
    "image/jpeg 40x30 1",
  ],
  "a JPEG that breaks off": [aJpeg(shape, [], { end: "" }), "a JPEG that breaks off"],
  "a progressive JPEG that breaks off": [
    aJpeg(shape, [], { frame: 0xc2, end: "\xff\xc4\0\x05abc\xff\xda\0\x03d" }),
    "a JPEG that breaks off",
  ],
  "a JPEG that breaks off before its size": [aJpeg().slice(0, 8), "a JPEG that breaks off"],
  "a JPEG of 12 bits": [
    aJpeg(shape, [], { frame: 0xc1, bits: 12 }),
    "a JPEG with 12 bits a colour",
  ],
  "an arithmetic JPEG": [
    aJpeg(shape, [], { frame: 0xc9 }),
    "a JPEG in a rare form (lossless or arithmetic)",
  ],
  "a JPEG of nothing but segments": [
    joined(bytesOf("\xff\xd8"), ...Array(3_000).fill(jpegSegment(0xe5, new Uint8Array(8)))),
    "a JPEG that cannot be read",
  ],
  "a WebP": [aWebp(shape), "image/webp 40x30 1"],
  "a WebP with alpha": [aWebp(shape, [], 0x10), "image/webp 40x30 1 alpha"],
  "a turned WebP": [aWebp(shape, [webpChunk("EXIF", exif(7))], 8), "image/webp 40x30 7"],
  "a WebP with a long profile": [
    aWebp(shape, [webpChunk("ICCP", new Uint8Array(LONG)), webpChunk("EXIF", exif(4))], 8),
    "image/webp 40x30 4",
  ],
  "an animated WebP": [aWebp(shape, [], 2), "an animated WebP"],
  "a WebP that breaks off": [aWebp().slice(0, -1), "a WebP that breaks off"],
  "a GLB": [aGlb(triangle), "model"],
  "a GLB with a texture inside": [
    aGlb({ ...triangle, images: [{ bufferView: 0 }, { uri: "data:image/png;base64,AAAA" }] }),
    "model",
  ],
  "a GLB with a texture outside": [
    aGlb({ ...triangle, images: [{ uri: "a b.png" }] }),
    'a GLB that needs another file ("a b.png")',
  ],
  "a GLB with a long description and a texture outside": [
    aGlb({ ...triangle, extras: "x".repeat(1_000_000), images: [{ uri: "b.png" }] }),
    'a GLB that needs another file ("b.png")',
  ],
  "a GLB with a long description and its textures inside": [
    aGlb({
      ...{ ...triangle, extras: "x".repeat(1_000_000) },
      images: [{ uri: "data:image/png;base64,AAAA" }, { bufferView: 0 }],
    }),
    "model",
  ],
  "a GLB with a long description that names something else": [
    aGlb({ ...triangle, extras: { uri: "x".repeat(1_000_000) } }),
    "model",
  ],
  "a GLB whose textures are no textures": [
    aGlb({ ...triangle, images: Array(1_000).fill({ uri: 1 }) }),
    "a GLB that cannot be read",
  ],
  "a GLB with slashes written as escapes": [
    aGlb(String.raw`{"asset":{"version":"2.0"},"images":[{"uri":"a\/\u00e9\".png"}]}`),
    'a GLB that needs another file ("a/é\\".png")',
  ],
  "a GLB whose buffer has no length": [
    aGlb({ ...triangle, buffers: [{}] }),
    "a GLB that cannot be read",
  ],
  "a GLB with a buffer in its description": [
    aGlb({ ...triangle, buffers: [{ byteLength: 99, uri: "DATA:,x" }] }),
    "model",
  ],
  "a GLB without an asset": [aGlb({ meshes: [{}] }), "a GLB that cannot be read"],
  "a GLB of a later version": [
    aGlb({ ...triangle, asset: { version: "3.0" } }),
    "a GLB that cannot be read",
  ],
  "a GLB with a buffer outside": [
    aGlb({ ...triangle, buffers: [{ byteLength: 36, uri: "mesh.bin" }] }),
    'a GLB that needs another file ("mesh.bin")',
  ],
  "a GLB whose buffer is too short": [
    aGlb(triangle, new Uint8Array(32)),
    "a GLB that cannot be read",
  ],
  "a GLB without a mesh": [aGlb({ asset: { version: "2.0" } }), "a GLB without a mesh"],
  "a GLB that is no JSON": [aGlb("{"), "a GLB that cannot be read"],
  "a GLB of before": [aGlb(triangle, new Uint8Array(36), 1), "a GLB of version 1"],
  "a GLB that breaks off": [aGlb(triangle).slice(0, -1), "a GLB that breaks off"],
  "nothing": [bytesOf(""), "empty (0 bytes)"],
  "words": [bytesOf("hello"), "no image and no model that is known here"],
  "base64": [bytesOf("iVBORw0KGgoAAAANSUhEUg=="), "text in base64"],
  "a web page": [bytesOf("<!doctype html><html></html>"), "a web page (HTML)"],
  "a drawing": [
    bytesOf('\xef\xbb\xbf<?xml version="1.0"?><!-- a --><svg xmlns=""></svg>'),
    "an SVG drawing",
  ],
  "glTF in JSON": [bytesOf('{ "asset": {"version": "2.0"}}'), "a glTF in JSON (.gltf)"],
  "OBJ": [bytesOf("# Made by hand\n\nmtllib a.mtl\no cube\nv 0 0 0\n"), "an OBJ model"],
  "STL": [bytesOf("solid a\n facet normal 0 0 1\n"), "an STL model"],
  "PLY": [bytesOf("ply\nformat ascii 1.0\n"), "a PLY model"],
  "FBX as text": [bytesOf("; FBX 7.4.0 project file\n"), "an FBX model"],
  "a USDZ": [bytesOf(`PK\x03\x04${"\0".repeat(22)}\x09\0\0\0model.usd`), "a USDZ model"],
  "a PDF": [bytesOf("%PDF-1.7\n"), "a PDF"],
  "a gzip": [bytesOf("\x1f\x8b\x08\0\0\0\0\0\0\x03"), "compressed (gzip)"],
};

for (const [name, [bytes, words]] of Object.entries(cases)) {
  Deno.test(`${name} is told by its bytes, in few reads`, async () => {
    assert.equal(await wordsOf(bytes), words);
  });
}

Deno.test("fill bytes are stepped over at once", async () => {
  const segments = Array(100).fill(joined(bytesOf("\xff".repeat(900)), bytesOf("\xff\xfe\0\x02")));
  let turns = 0;
  const looking = wordsOf(aJpeg(shape, segments));
  const looked = looking.then(() => true);
  while (!await Promise.race([looked, undefined])) turns++;
  assert.equal(await looking, "image/jpeg 40x30 1");
  assert.ok(turns < 10_000, `${turns} turns`);
});

Deno.test("what lies too deep is not looked for without an end", async () => {
  const deep = Array.from({ length: 300 }, () => jpegSegment(0xe1, new Uint8Array(65_000)));
  const words = "an image or a model behind more metadata than can be read through";
  assert.equal(await wordsOf(aJpeg(shape, deep)), words);
});

Deno.test("a file that is gone meanwhile, or shorter, is not waited for", async () => {
  for (const length of [0, 5, 100]) {
    const found = await look({
      size: 500_000,
      read: () => Promise.resolve(aPng().slice(0, length)),
    });
    assert.equal(found.found === "unusable" && found.kind, "no longer what was uploaded");
  }
});
