import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { streamOf } from "../../../testing/streams.ts";
import { type ImagePieces, takeImages } from "./take_images.ts";

const images = [1, 2, 3, 1_000, 70_001].map((length) =>
  Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256)
);

/** What is left of an answer, and the images that were in it. */
async function take(
  answer: string,
  chunkLength = Infinity,
): Promise<{ readonly left: string; readonly taken: readonly Uint8Array[] }> {
  const bytes = new TextEncoder().encode(answer);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < bytes.length; start += chunkLength) {
    chunks.push(bytes.slice(start, start + chunkLength));
  }
  const pieces: ImagePieces[] = [];
  const left = await Array.fromAsync(takeImages(streamOf(...chunks), pieces));
  return {
    left: new TextDecoder().decode(Buffer.concat(left)),
    taken: pieces.map((image) => new Uint8Array(Buffer.concat(image))),
  };
}

const data = images.map((image) => ({
  b64_json: Buffer.from(image).toString("base64"),
  revised_prompt: 'ein "Bär" \\ 🐻, {"b64_json":"no image"}',
}));

Deno.test("images are taken out of an answer, wherever its chunks end", async (t) => {
  const answers = {
    plain: JSON.stringify({ data, usage: { output_tokens: 5 } }),
    indented: JSON.stringify({ data, usage: { output_tokens: 5 } }, null, 4),
    "with slashes escaped": JSON.stringify({ data, usage: { output_tokens: 5 } })
      .replaceAll("/", "\\/"),
  };
  const expected = {
    data: data.map(({ revised_prompt }, index) => ({ b64_json: String(index), revised_prompt })),
    usage: { output_tokens: 5 },
  };
  for (const [name, answer] of Object.entries(answers)) {
    for (const length of [7, 64, 1_000, 1_001, Infinity]) {
      await t.step(`${name}, chunks of ${length}`, async () => {
        const { left, taken } = await take(answer, length);
        assert.deepEqual(JSON.parse(left), expected);
        assert.deepEqual(taken, images);
      });
    }
  }
});

Deno.test("what holds no image stays as it is", async (t) => {
  const answers = [
    "",
    "<html>",
    '{"data":[]}',
    '{"data":[{"b64_json":null}]}',
    '{"data":[{"b64_json":""}]}',
    '{"error":{"message":"Nö"}}',
    `{"data":[${'{"url":"https://x.example"},'.repeat(100)}{}]}`,
  ];
  for (const answer of answers) {
    await t.step(answer.slice(0, 40), async () => {
      for (const length of [1, 7, Infinity]) {
        assert.deepEqual(await take(answer, length), { left: answer, taken: [] });
      }
    });
  }
});

Deno.test("of an answer that breaks off in an image the rest is no JSON", async () => {
  const answer = JSON.stringify({ data });
  const { left } = await take(answer.slice(0, 2_000));
  assert.throws(() => JSON.parse(left), SyntaxError);
});
