import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import {
  createTestApp,
  EDITS,
  formRequest,
  jsonRequest,
  MODEL,
  pictureFile,
  readCalls,
  readImages,
} from "./testing.ts";

Deno.test(
  "an edit takes either spelling of image, and describes the files in the ledger",
  async () => {
    const app = createTestApp();
    const first = await pictureFile();
    const second = await pictureFile({ format: "webp" });
    const mask = await pictureFile({ transparent: true });
    const response = await app.request(
      EDITS,
      formRequest([
        ["model", MODEL],
        ["prompt", "carved from ice"],
        ["n", "1"],
        ["image", first],
        ["image[]", second],
        ["mask", mask],
      ]),
    );
    const body = await readImages(response);
    assert.ok(body.usage.input_tokens_details.image_tokens > 0);
    const [call] = await readCalls(app);
    assert.equal(call?.operation, "image-to-image");
    assert.deepEqual(call?.request, {
      model: MODEL,
      prompt: "carved from ice",
      n: 1,
      image: [await describe(first), await describe(second)],
      mask: await describe(mask),
    });
  },
);

async function describe(file: File): Promise<Record<string, unknown>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name: file.name, media_type: file.type, size: bytes.length, sha256 };
}

Deno.test("an edit of automatic size keeps the shape of its input", async (t) => {
  const shapes = [
    [96, 64, "1536x1024"],
    [64, 96, "1024x1536"],
    [64, 64, "1024x1024"],
  ] as const;
  for (const [width, height, size] of shapes) {
    await t.step(size, async () => {
      const image = await pictureFile({ width, height });
      const request = formRequest([
        ["model", MODEL],
        ["prompt", "ice"],
        ["image", image],
      ]);
      const body = await readImages(await createTestApp().request(EDITS, request));
      assert.equal(body.size, size);
    });
  }
});

Deno.test("an edit can be sent as JSON, and its pictures stay out of the ledger", async () => {
  const app = createTestApp();
  const picture = await pictureFile();
  const base64 = Buffer.from(await picture.arrayBuffer()).toString("base64");
  const body = {
    model: MODEL,
    prompt: "carved from ice",
    moderation: "low",
    images: [{ image_url: `data:image/png;base64,${base64}` }],
  };
  const response = await app.request(EDITS, jsonRequest(body));
  assert.equal((await readImages(response)).data.length, 1);
  const [call] = await readCalls(app);
  assert.deepEqual(call?.request.images, [{ ...(await describe(picture)), name: "" }]);
});

Deno.test("gpt-image-1.5 takes input_fidelity and a transparent background", async () => {
  const image = await pictureFile();
  const request = formRequest([
    ["model", "gpt-image-1.5"],
    ["prompt", "ice"],
    ["image", image],
    ["input_fidelity", "high"],
    ["background", "transparent"],
  ]);
  assert.equal((await createTestApp().request(EDITS, request)).status, 200);
});
