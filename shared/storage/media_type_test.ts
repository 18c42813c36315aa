import assert from "node:assert/strict";
import { drawImage } from "../../simulators/images.ts";
import { files } from "../../testing/files.ts";
import { detectResultType } from "./media_type.ts";

const png = { mediaType: "image/png", extension: "png" };
const jpeg = { mediaType: "image/jpeg", extension: "jpg" };
const webp = { mediaType: "image/webp", extension: "webp" };
const svg = { mediaType: "image/svg+xml", extension: "svg" };
const glb = { mediaType: "model/gltf-binary", extension: "glb" };

Deno.test("the bytes tell the media type, and only a wanted one counts", async (t) => {
  const cases = {
    png: { image: png, model: undefined },
    jpeg: { image: jpeg, model: undefined },
    webp: { image: webp, model: undefined },
    glb: { image: undefined, model: glb },
    svg: { image: svg, model: undefined },
    gif: { image: undefined, model: undefined },
    html: { image: undefined, model: undefined },
    empty: { image: undefined, model: undefined },
  };
  for (const [name, expected] of Object.entries(cases)) {
    await t.step(name, async () => {
      const bytes = files[name as keyof typeof cases];
      assert.deepEqual(await detectResultType(bytes, "image"), expected.image);
      assert.deepEqual(await detectResultType(bytes, "model"), expected.model);
    });
  }
});

Deno.test("real pictures are told apart", async (t) => {
  for (const [format, expected] of Object.entries({ png, jpeg, webp })) {
    await t.step(format, async () => {
      const picture = { width: 16, height: 16, seed: "x", index: 0 };
      const bytes = await drawImage({ ...picture, format: format as "png" | "jpeg" | "webp" });
      assert.deepEqual(await detectResultType(bytes, "image"), expected);
    });
  }
});

Deno.test("a view into a larger buffer is judged by its own bytes", async () => {
  const buffer = new Uint8Array(100 + files.webp.length);
  buffer.set(files.png);
  buffer.set(files.webp, 100);
  assert.deepEqual(await detectResultType(buffer.subarray(100), "image"), webp);
});

function textFile(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("a drawing is told by its first element, after what XML allows before it", async (t) => {
  const prologues: Readonly<Record<string, string>> = {
    nothing: "",
    "space and lines": " \n\t\r\n",
    "a mark of the byte order": "\uFEFF",
    "a declaration": '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n',
    "a comment": "<!-- Made by hand -->",
    "comments": "<!-- one -->\n<!--two-->  <!-- a > b <svg> -->",
    "a document type":
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
    "an instruction": '<?xml-stylesheet type="text/css" href="x.css"?>',
    "a document type with entities":
      '<!DOCTYPE svg [<!ENTITY ns "http://ns.example/"> <!ENTITY b "&ns;">]>',
    "all of it": '\uFEFF<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE svg>\n',
  };
  for (const [name, prologue] of Object.entries(prologues)) {
    await t.step(name, async () => {
      const file = textFile(`${prologue}<svg xmlns="http://www.w3.org/2000/svg"/>`);
      assert.deepEqual(await detectResultType(file, "image"), svg);
      assert.equal(await detectResultType(file, "model"), undefined);
    });
  }
});

Deno.test("other texts are no drawing", async (t) => {
  const texts: Readonly<Record<string, string>> = {
    "a document type that does not end": "<!DOCTYPE svg [<svg>",
    "a comment that does not end": "<!-- <svg>",
    "a page": "<!DOCTYPE html><html><svg></svg></html>",
    "a page with a drawing behind a comment": "<!-- x --><html><svg/></html>",
    "another element": "<svgx/>",
    "an element in a comment": "<!-- <svg></svg> -->",
    "an element cut off": "<svg",
    "other XML": '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    "words before it": "Here it is: <svg></svg>",
    JSON: '{"svg": "<svg></svg>"}',
  };
  for (const [name, text] of Object.entries(texts)) {
    await t.step(name, async () => {
      assert.equal(await detectResultType(textFile(text), "image"), undefined);
    });
  }
});

Deno.test("a drawing in UTF-16 is told by its mark", async (t) => {
  const text = '\uFEFF<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>';
  const bytes = [...text].flatMap((character) => [0, character.charCodeAt(0)]);
  const [high = 0, low = 0] = [0xfe, 0xff];
  bytes.splice(0, 2, high, low);
  await t.step("high byte first", async () => {
    assert.deepEqual(await detectResultType(Uint8Array.from(bytes), "image"), svg);
  });
  await t.step("low byte first", async () => {
    const swapped = bytes.map((_, place) => bytes[place ^ 1] ?? 0);
    assert.deepEqual(await detectResultType(Uint8Array.from(swapped), "image"), svg);
  });
});

Deno.test("a file made to be hard to tell is none, however it goes on", async (t) => {
  // A provider chooses what it sends, and the worker looks at it.
  for (const part of ["<!---->", "<!--", "<?xml ", " ", "<!DOCTYPE ", "<!DOCTYPE [", "<?", "<"]) {
    await t.step(part, async () => {
      const file = textFile(part.repeat(2_000));
      assert.equal(await detectResultType(file, "image"), undefined);
    });
  }
});
