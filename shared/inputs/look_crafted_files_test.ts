import assert from "node:assert/strict";
import { craftedImages } from "../../testing/crafted_images.ts";
import { craftedMetadata } from "../../testing/crafted_metadata.ts";
import { craftedModels } from "../../testing/crafted_models.ts";
import { counted, wordsOf } from "../../testing/looked_words.ts";
import { look } from "./look.ts";

Deno.test("files that are made to be hard to read are told as fast", async (t) => {
  const expected: Readonly<Record<keyof typeof craftedImages, string>> = {
    "AVIF": "an AVIF picture",
    "AVIF with 160,000 links": "an AVIF picture",
    "HEIC": "a HEIC photo",
    "HEIC with 160,000 links": "a HEIC photo",
    "GIF": "a GIF",
    "ICO": "an icon (ICO)",
    "a beginning of a PNG": "a PNG that breaks off",
    "a JPEG of fill bytes": "a JPEG that cannot be read",
  };
  for (const [name, bytes] of Object.entries(craftedImages)) {
    await t.step(name, async () => {
      assert.equal(await wordsOf(bytes), expected[name as keyof typeof craftedImages]);
    });
  }
});

const cannotBeRead = "a GLB that cannot be read";
const crafted: Readonly<Record<keyof typeof craftedModels, string>> = {
  "images of wrong names": cannotBeRead,
  "images outside": 'a GLB that needs another file ("a")',
  "images inside": cannotBeRead,
  "images of nothing": cannotBeRead,
  "an image named again and again": cannotBeRead,
  "an image of many names": cannotBeRead,
  "an image outside with a long name": `a GLB that needs another file ("${"é".repeat(100)}…")`,
  "many lists of images": cannotBeRead,
  "many buffers": cannotBeRead,
  "many meshes": "model",
  "many names": "model",
  "many empty names": cannotBeRead,
  "objects of a name of their own": "model",
  "objects of many names of their own": "model",
  "names elsewhere": "model",
  "digits": "model",
  "numbers": "model",
  "long numbers": "model",
  "words": "model",
  "short strings": "model",
  "a long string": "model",
  "escapes": "model",
  "spaces": "model",
  "empty lists": "model",
  "nested lists": "model",
  "one deep list": cannotBeRead,
  "an end too early": cannotBeRead,
  "too many values": "model",
  "one byte too many": "model",
  "far too many bytes": "model",
};

Deno.test("of descriptions that are made to be hard to parse, nothing is parsed but a name", async (t) => {
  const { parse } = JSON;
  let parsed = 0;
  JSON.parse = (text: string, ...more) => {
    parsed += text.length;
    return parse(text, ...more);
  };
  try {
    for (const [name, bytes] of Object.entries(craftedModels)) {
      await t.step(name, async () => {
        parsed = 0;
        assert.equal(await wordsOf(bytes), crafted[name as keyof typeof craftedModels]);
        assert.ok(parsed < 10_000, `${parsed} characters are parsed`);
      });
    }
  } finally {
    JSON.parse = parse;
  }
});

Deno.test("a description that is too long is not read", async () => {
  const file = counted(craftedModels["far too many bytes"]);
  await look(file);
  assert.equal(file.reads, 2);
});

Deno.test("metadata that is made to be hard to walk over is walked over", async (t) => {
  const beyond = "an image or a model behind more metadata than can be read through";
  const expected: Readonly<Partial<Record<keyof typeof craftedMetadata, string>>> = {
    "a JPEG of more long EXIF than is read": beyond,
    "a WebP of more long EXIF than is read": beyond,
    "a PNG of beginnings of its end": "a PNG that breaks off",
    "a GIF of comments": "a GIF",
  };
  for (const [name, bytes] of Object.entries(craftedMetadata)) {
    await t.step(name, async () => {
      const words = expected[name as keyof typeof craftedMetadata];
      const found = await wordsOf(bytes);
      if (words === undefined) assert.match(found, /^image\/(jpeg|png|webp) 40x30 1$/);
      else assert.equal(found, words);
    });
  }
});
