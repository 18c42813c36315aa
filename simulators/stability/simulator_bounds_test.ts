import assert from "node:assert/strict";
import { createTestApp, pictureFile, readCalls } from "../testing.ts";
import { addressOf, type Operation, readRefusal, stabilityRequest } from "./testing.ts";

type Changes = Parameters<typeof stabilityRequest>[1];
type Cases = Readonly<Record<string, readonly [Operation, Changes]>>;

function file(content: BlobPart, type: string): File {
  return new File([content], "input.png", { type });
}

const badPictures: Cases = {
  "no picture": ["image-to-image", { image: undefined }],
  "a picture in text": ["image-to-image", { image: "input.png" }],
  "an empty picture": ["image-to-image", { image: file("", "image/png") }],
  "what is no picture": ["image-to-image", { image: file("a robot", "image/png") }],
  "a picture without its type": [
    "image-to-image",
    { image: await pictureFile({}, "application/octet-stream") },
  ],
  "a picture of another type than it says": [
    "image-to-image",
    { image: await pictureFile({ format: "jpeg" }, "image/png") },
  ],
  "a gif": ["image-to-image", { image: file("GIF89a", "image/gif") }],
  "a side of 63": ["image-to-image", { image: await pictureFile({ width: 63 }) }],
  "a sketch with a side of 63": [
    "sketch-to-image",
    { image: await pictureFile({ height: 63 }) },
  ],
  "a ratio of 2.52": ["image-to-image", { image: await pictureFile({ width: 161 }) }],
  "a ratio of 2.52 to recolor": [
    "search-and-recolor",
    { image: await pictureFile({ height: 161 }) },
  ],
  "more than 9,437,184 pixels": [
    "search-and-recolor",
    { image: await pictureFile({ width: 3072, height: 3073, blurred: true }) },
  ],
  "more than 4,194,304 pixels without background": [
    "remove-background",
    { image: await pictureFile({ width: 2048, height: 2049, blurred: true }) },
  ],
  "more than 4,194,304 pixels for a model": [
    "image-to-model",
    { image: await pictureFile({ width: 2048, height: 2049, blurred: true }) },
  ],
  "a side of 639 for a model": [
    "image-to-model",
    { image: await pictureFile({ width: 640, height: 639 }) },
  ],
};

Deno.test("bad pictures are refused and cost nothing", async (t) => {
  const app = createTestApp();
  for (const [name, [operation, changes]] of Object.entries(badPictures)) {
    await t.step(name, async () => {
      const response = await app.request(
        addressOf(operation),
        stabilityRequest(operation, changes),
      );
      assert.deepEqual(await readRefusal(response), [400, "bad_request", "image"]);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

const atTheBounds: Cases = {
  "10,000 characters": ["sketch-to-image", { prompt: "x".repeat(10_000) }],
  "a seed of 0": ["sketch-to-image", { seed: "0" }],
  "a ratio of 2.5": ["sketch-to-image", { image: await pictureFile({ width: 160 }) }],
  "9,437,184 pixels": [
    "search-and-recolor",
    { image: await pictureFile({ width: 3072, height: 3072, blurred: true }), grow_mask: "0" },
  ],
  "any ratio without background": [
    "remove-background",
    { image: await pictureFile({ width: 1024 }) },
  ],
  "4,194,304 pixels for a model": [
    "image-to-model",
    {
      image: await pictureFile({ width: 2048, height: 2048, blurred: true }),
      foreground_ratio: "2",
      guidance_scale: "10",
    },
  ],
  "20,000 faces": [
    "image-to-model",
    { target_type: "face", target_count: "20000", foreground_ratio: "1", guidance_scale: "1" },
  ],
  "100 vertices": ["image-to-model", { target_type: "vertex", target_count: "100" }],
};

Deno.test("what lies at a bound is accepted", async (t) => {
  for (const [name, [operation, changes]] of Object.entries(atTheBounds)) {
    await t.step(name, async () => {
      const request = stabilityRequest(operation, changes);
      const response = await createTestApp().request(addressOf(operation), request);
      assert.equal(response.status, 200);
      await response.body?.cancel();
    });
  }
});

Deno.test("a body over 10 MiB is too large, and one of 10 MiB is not", async () => {
  const send = async (bytes: number): Promise<Response> => {
    const request = stabilityRequest("image-to-image", {
      image: file(new Uint8Array(bytes), "image/png"),
    });
    return await createTestApp().request(addressOf("image-to-image"), request);
  };
  const limit = 10 * 1024 * 1024;
  assert.deepEqual(await readRefusal(await send(limit)), [413, "payload_too_large"]);
  // No picture, but small enough to be looked at.
  assert.deepEqual(await readRefusal(await send(limit - 1024)), [400, "bad_request", "image"]);
});
