import assert from "node:assert/strict";
import { files } from "../../../../testing/files.ts";
import { watchedStream } from "../../../../testing/streams.ts";
import { inspectResult, InvalidResult } from "./inspect_result.ts";

const PIECE = 1024 * 1024;
const MAX_PIECES = 50;

/** A picture without an end, made of one piece again and again. */
function endless(): {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly made: { pieces: number; ended: boolean };
} {
  const made = { pieces: 0, ended: false };
  const piece = new Uint8Array(PIECE);
  piece.set(files.png);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller): void {
        made.pieces++;
        controller.enqueue(piece);
      },
      cancel(): void {
        made.ended = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, made };
}

Deno.test("no more of a result is held than one piece", async () => {
  const { body, made } = endless();
  const result = await inspectResult({ body, size: undefined }, "image");
  assert.equal(made.pieces, 1);
  const reader = result.body.getReader();
  for (let read = 1; read <= 20; read++) {
    await reader.read();
    assert.ok(made.pieces <= read + 1, `${made.pieces} pieces for ${read} reads`);
  }
  await reader.cancel();
  assert.equal(made.ended, true);
});

Deno.test("a result larger than any is broken off at the limit, and its source given up", async () => {
  const { body, made } = endless();
  const result = await inspectResult({ body, size: undefined }, "image");
  let length = 0;
  await assert.rejects(async () => {
    for await (const piece of result.body) length += piece.length;
  }, InvalidResult);
  assert.equal(length, MAX_PIECES * PIECE);
  assert.equal(made.pieces, MAX_PIECES + 1);
  assert.equal(made.ended, true);
  assert.ok(result.failure() instanceof InvalidResult);
});

Deno.test("a result that says it is larger is not read at all, and its source given up", async (t) => {
  const model = new Uint8Array(files.glb);
  new DataView(model.buffer).setUint32(8, 256 * PIECE + 1, true);
  const cases = [
    ["a picture", "image", files.png, MAX_PIECES * PIECE + 1],
    ["a model", "model", files.glb, 256 * PIECE + 1],
    ["a model, in its header", "model", model, undefined],
  ] as const;
  for (const [name, kind, bytes, size] of cases) {
    await t.step(name, async () => {
      const { body, events } = watchedStream(new Uint8Array(bytes), new Uint8Array(5_000), bytes);
      await assert.rejects(inspectResult({ body, size }, kind), InvalidResult);
      assert.equal(events.at(-1), "cancel");
    });
  }
});

Deno.test("who stops reading stops the source", async (t) => {
  const pieces = [files.png, new Uint8Array(5_000), new Uint8Array(5_000)];
  await t.step("midway", async () => {
    const { body, events } = watchedStream(...pieces);
    const reader = (await inspectResult({ body, size: undefined }, "image")).body.getReader();
    await reader.read();
    await reader.cancel();
    assert.equal(events.at(-1), "cancel");
  });
  await t.step("before the first byte", async () => {
    const { body, events } = watchedStream(...pieces);
    const result = await inspectResult({ body, size: undefined }, "image");
    await result.body.cancel();
    assert.equal(events.at(-1), "cancel");
  });
});
