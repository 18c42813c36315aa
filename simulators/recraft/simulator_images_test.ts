import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readImage } from "../image_file.ts";
import { describeFile } from "../ledger.ts";
import { createTestApp, jsonRequest, pictureFile, readCalls } from "../testing.ts";
import {
  dataUrl,
  generation,
  generationRequest,
  GENERATIONS,
  IMAGE_TO_IMAGE,
  INPAINT,
  maskFile,
  partsRequest,
  picture,
  readList,
  readOne,
  REMOVE_BACKGROUND,
} from "./testing.ts";

Deno.test("b64_json brings the bytes along", async () => {
  const request = partsRequest({ image: picture, response_format: "b64_json" });
  const { image } = await readOne(await createTestApp().request(REMOVE_BACKGROUND, request));
  assert.equal(image?.url, undefined);
  const facts = await readImage(new Uint8Array(Buffer.from(image?.b64_json ?? "", "base64")));
  assert.equal(facts?.width, 256);
});

Deno.test("the pictures of one call differ; a seed repeats them, no seed never does", async (t) => {
  for (const style of ["realistic_image", "vector_illustration"]) {
    await t.step(style, async () => {
      const draw = async (changes: Record<string, unknown>): Promise<(string | undefined)[]> => {
        const common = { style, n: 2, response_format: "b64_json" };
        const request = generationRequest({ ...common, ...changes });
        const { data } = await readList(await createTestApp().request(GENERATIONS, request));
        return data.map(({ b64_json }) => b64_json);
      };
      const seeded = await draw({ random_seed: 7 });
      assert.notEqual(seeded[0], seeded[1]);
      assert.deepEqual(await draw({ random_seed: 7 }), seeded);
      assert.notDeepEqual(await draw({ random_seed: 8 }), seeded);
      assert.notDeepEqual(await draw({ random_seed: 7, prompt: "a cactus" }), seeded);
      assert.notDeepEqual(await draw({}), await draw({}));
    });
  }
});

Deno.test("a picture depends on its input", async () => {
  const draw = async (image: File): Promise<string | undefined> => {
    const parts = { ...generation, strength: "0", random_seed: "7", response_format: "b64_json" };
    const request = partsRequest({ ...parts, image });
    const response = await createTestApp().request(IMAGE_TO_IMAGE, request);
    return (await readList(response)).data[0]?.b64_json;
  };
  assert.notEqual(await draw(picture), await draw(await pictureFile({ width: 300, height: 256 })));
});

Deno.test("features are told when asked for", async () => {
  const request = generationRequest({ calculate_features: true, block_nsfw: true });
  const { data } = await readList(await createTestApp().request(GENERATIONS, request));
  assert.deepEqual(data[0]?.features, { nsfw_score: 0.01 });
});

Deno.test("a call is in the ledger with its fields, without token and bytes", async () => {
  const app = createTestApp();
  const files = { image: picture, mask: await maskFile() };
  const inpainted = await app.request(INPAINT, partsRequest({ ...generation, n: "2", ...files }));
  const address = { image_url: await dataUrl(picture) };
  const removed = await app.request(REMOVE_BACKGROUND, jsonRequest(address));
  const described = describeFile("input.png", "image/png", await picture.bytes());
  const calls = await readCalls(app);
  assert.deepEqual(calls.map(({ id: _, ...call }) => call), [
    {
      provider: "recraft",
      operation: "image-inpaint",
      model: "recraftv3",
      request: {
        ...generation,
        n: 2,
        image: described,
        mask: describeFile("mask.png", "image/png", await files.mask.bytes()),
      },
      request_id: inpainted.headers.get("x-recraft-requestid"),
      accepted_at: "2026-11-23T12:00:00.000Z",
    },
    {
      provider: "recraft",
      operation: "remove-background",
      model: "removeBackground",
      request: { image_url: { ...described, name: "" } },
      request_id: removed.headers.get("x-recraft-requestid"),
      accepted_at: "2026-11-23T12:00:00.000Z",
    },
  ]);
});
