import assert from "node:assert/strict";
import { decodeImage } from "../image_file.ts";
import { drawImage, type ImageFormat, type ImageOrder } from "../images.ts";
import { wrap } from "./caption.ts";
import { readWords } from "./testing.ts";

const order: ImageOrder = {
  width: 1024,
  height: 1024,
  // Of blocks that are light above the words, where they end.
  seed: "a clay robot",
  index: 0,
  format: "png",
};

async function wordsOf(prompt: string | undefined, size: Partial<ImageOrder> = {}) {
  const caption = { prompt, operation: "text-to-image", provider: "openai" };
  const image = await decodeImage(await drawImage({ ...order, ...size, caption }));
  assert.ok(image);
  return readWords(image).slice(-3);
}

Deno.test("a picture says what was asked for, by whom and of whom", async (t) => {
  for (const format of ["png", "jpeg", "webp"] as const satisfies readonly ImageFormat[]) {
    await t.step(format, async () => {
      assert.deepEqual(await wordsOf("A Robot: 3/4 (clay), watering [cactus]!", { format }), [
        "A Robot: 3/4 (clay),",
        "watering [cactus]!",
        "text-to-image by openai",
      ]);
    });
  }
  await t.step("smaller", async () => {
    const words = await wordsOf("A robot", { width: 300, height: 200 });
    assert.deepEqual(words.slice(-2), ["A robot", "text-to-image by openai"]);
  });
  await t.step("without a prompt", async () => {
    assert.equal((await wordsOf(undefined)).at(-1), "text-to-image by openai");
  });
});

Deno.test("letters that the font has not are told by those they are made of, or by boxes", async () => {
  const words = await wordsOf("Élan für 日本");
  assert.equal(words.at(-2), "Elan fur ??");
});

Deno.test("a picture that is too small for words has none", async () => {
  const caption = { prompt: "A robot", operation: "text-to-image", provider: "openai" };
  const small = { ...order, width: 32, height: 32 };
  assert.deepEqual(await drawImage({ ...small, caption }), await drawImage(small));
});

Deno.test("a text is broken between words, and cut after two lines", () => {
  assert.deepEqual(wrap("", 10), []);
  assert.deepEqual(wrap("one two", 10), ["one two"]);
  assert.deepEqual(wrap("one two three four", 10), ["one two", "three four"]);
  assert.deepEqual(wrap("one two three four five", 10), ["one two", "three f..."]);
  assert.deepEqual(wrap("incomprehensibilities", 10), ["incomprehe", "nsibili..."]);
});
