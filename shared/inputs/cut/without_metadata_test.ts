import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { drawImage } from "../../../simulators/images.ts";
import { Jimp } from "../../../simulators/jimp.ts";
import { markedFiles } from "../../../testing/marked_files.ts";
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
} from "../../../testing/small_files.ts";
import type { Bytes } from "../../bytes.ts";
import { blobSource } from "../byte_source.ts";
import { indexOfText } from "../binary.ts";
import { look } from "../look.ts";
import { knownKindOf } from "../signatures.ts";
import { EndedEarly, FileStream } from "./file_stream.ts";
import { withoutMetadata } from "./without_metadata.ts";

const SECRET = "SecretCamera";
const xmp = bytesOf(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}</x:xmpmeta>`);
const profile = bytesOf("ICC_PROFILE\0\x01\x01a profile");

/** A file in pieces of a length, as the network brings it. */
async function* inPieces(file: Bytes, length: number): AsyncGenerator<Bytes> {
  for (let place = 0; place < file.length; place += length) {
    yield await Promise.resolve(file.slice(place, place + length));
  }
}

async function cut(file: Bytes, length = 1_000): Promise<Bytes> {
  const kind = knownKindOf(file);
  assert.ok(kind);
  const blob = await withoutMetadata(new FileStream(inPieces(file, length)), kind);
  return new Uint8Array(await blob.arrayBuffer());
}

async function drawn(format: "png" | "jpeg" | "webp"): Promise<Bytes> {
  return await drawImage({ width: 60, height: 40, seed: "cut", index: 0, format });
}

async function pixelsOf(bytes: Bytes): Promise<unknown> {
  const { width, height, data } = (await Jimp.read(Buffer.from(bytes))).bitmap;
  return [width, height, Buffer.from(data).toString("base64")];
}

/** Metadata in a real picture, each where its format has it; 0 for none of EXIF. */
const put = {
  jpeg: async (orientation: number): Promise<Bytes> => {
    const picture = await drawn("jpeg");
    return joined(
      picture.slice(0, 2),
      jpegSegment(0xe1, joined(bytesOf("Exif\0\0"), exif(orientation))),
      jpegSegment(0xe1, xmp),
      jpegSegment(0xe2, profile),
      jpegSegment(0xed, bytesOf(`Photoshop 3.0\0${SECRET}`)),
      bytesOf("\xff\xff"),
      jpegSegment(0xfe, bytesOf(SECRET)),
      picture.slice(2),
      bytesOf(`a video ${SECRET}`),
    );
  },
  png: async (orientation: number): Promise<Bytes> => {
    const picture = await drawn("png");
    const end = picture.length - 12;
    return joined(
      picture.slice(0, 8 + 25),
      pngChunk("eXIf", exif(orientation)),
      pngChunk("tEXt", bytesOf(`Author\0${SECRET}`)),
      picture.slice(8 + 25, end),
      pngChunk("zTXt", bytesOf(SECRET)),
      pngChunk("iTXt", bytesOf(SECRET)),
      picture.slice(end),
      bytesOf(`a sound ${SECRET}`),
    );
  },
  webp: async (orientation: number): Promise<Bytes> => {
    const picture = await drawn("webp");
    const canvas = bytesOf("\x0c\0\0\0\x3b\0\0\x27\0\0");
    const body = joined(
      bytesOf("WEBP"),
      webpChunk("VP8X", canvas),
      picture.slice(12),
      webpChunk("EXIF", exif(orientation)),
      webpChunk("XMP ", bytesOf(SECRET)),
    );
    const length = new Uint8Array(new Uint32Array([body.length]).buffer);
    return joined(bytesOf("RIFF"), length, body, bytesOf(SECRET));
  },
};

for (const [format, withSecrets] of Object.entries(put)) {
  Deno.test(`${format}: names and places are cut, and the picture stays what it was`, async (t) => {
    const known = format as keyof typeof put;
    const before = await pixelsOf(await drawn(known));
    for (const pieces of [1, 7, 4_096, 1_000_000]) {
      await t.step(`in pieces of ${pieces}`, async () => {
        const after = await cut(await withSecrets(1), pieces);
        assert.equal(indexOfText(after, SECRET), -1);
        assert.deepEqual(await pixelsOf(after), before);
      });
    }
    for (const orientation of [2, 3, 6, 8]) {
      await t.step(`turned by ${orientation}`, async () => {
        const after = await cut(await withSecrets(orientation));
        assert.equal(indexOfText(after, SECRET), -1);
        const found = await look(blobSource(new Blob([after])));
        assert.equal(found.found === "image" && found.orientation, orientation);
      });
    }
  });
}

Deno.test("the words of a camera are gone, and how the picture is turned is shown by a decoder", async () => {
  const { width, height } = (await Jimp.read(Buffer.from(await cut(await put.jpeg(6))))).bitmap;
  assert.deepEqual([width, height], [40, 60]);
});

Deno.test("colour profiles and marks of origin stay byte for byte", async (t) => {
  await t.step("a profile", async () => {
    const after = await cut(
      aJpeg({}, [jpegSegment(0xe2, profile), jpegSegment(0xe2, bytesOf("MPF\0other pictures"))]),
    );
    assert.deepEqual(after, aJpeg({}, [jpegSegment(0xe2, profile)]));
  });
  for (const { name, bytes } of await markedFiles()) {
    await t.step(name, async () => assert.deepEqual(await cut(bytes), bytes));
  }
});

Deno.test("what has nothing to hide goes out as it is", async (t) => {
  const files = {
    png: await drawn("png"),
    jpeg: await drawn("jpeg"),
    webp: await drawn("webp"),
    glb: aGlb(triangle),
  };
  for (const [name, bytes] of Object.entries(files)) {
    await t.step(name, async () => assert.deepEqual(await cut(bytes, 10), bytes));
  }
});

Deno.test("an animation goes out as its first picture", async () => {
  const picture = aPng({}, [pngChunk("acTL"), pngChunk("fcTL")], [pngChunk("fdAT")]);
  assert.deepEqual(await cut(picture), aPng());
});

Deno.test("a file that breaks off anywhere is not passed on", async (t) => {
  const files = { png: aPng(), jpeg: aJpeg(), webp: aWebp() };
  for (const [name, bytes] of Object.entries(files)) {
    await t.step(name, async () => {
      for (let length = 12; length < bytes.length; length++) {
        await assert.rejects(cut(bytes.slice(0, length)), EndedEarly, `${length} bytes`);
      }
    });
  }
});
