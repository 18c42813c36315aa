import assert from "node:assert/strict";
import { createTestApp, jsonRequest, pictureFile, readCalls, TestClock } from "../testing.ts";
import {
  dataUrl,
  generation,
  IMAGE_TO_IMAGE,
  INPAINT,
  maskFile,
  partsRequest,
  picture,
  readRefusal,
  REMOVE_BACKGROUND,
} from "./testing.ts";

type Refusal = Awaited<ReturnType<typeof readRefusal>>;
type Cases = Readonly<Record<string, readonly [RequestInit, Refusal]>>;

const edit = { ...generation, strength: "0.5", image: picture };
const jsonEdit = { ...generation, strength: 0.5, image_url: await dataUrl(picture) };
const inpaint = { ...generation, image: picture, mask: await maskFile() };

function file(content: BlobPart, type: string): File {
  return new File([content], "input.png", { type });
}

function changed(changes: Readonly<Record<string, string | File | undefined>>): RequestInit {
  return partsRequest({ ...edit, ...changes });
}

function refused(field: string, code = "invalid_parameter"): Refusal {
  return [code === "not_simulated" ? 501 : 400, code, field];
}

async function sized(width: number, height: number): Promise<File> {
  return await pictureFile({ width, height, blurred: true });
}

const editRefusals: Cases = {
  "no image": [changed({ image: undefined }), refused("image")],
  "an image called file": [changed({ image: undefined, file: picture }), refused("file")],
  "an image in text": [changed({ image: "input.png" }), refused("image")],
  "an address in a form": [
    changed({ image: undefined, image_url: await dataUrl(picture) }),
    refused("image_url"),
  ],
  "no strength": [changed({ strength: undefined }), refused("strength")],
  "a strength over 1": [changed({ strength: "1.01" }), refused("strength")],
  "a strength below 0": [changed({ strength: "-0.01" }), refused("strength")],
  "a strength of three decimals": [changed({ strength: "0.123" }), refused("strength")],
  "a size": [changed({ size: "1024x1024" }), refused("size")],
  "a model of V2": [changed({ model: "recraftv2" }), refused("model")],
  "a boolean that is none": [changed({ block_nsfw: "yes" }), refused("block_nsfw")],
  "another type": [
    changed({ image: file("GIF89a", "image/gif") }),
    refused("image", "invalid_image_type"),
  ],
  "no type": [
    changed({ image: await pictureFile({ width: 256, height: 256 }, "") }),
    refused("image", "invalid_image_type"),
  ],
  "a type that is not the true one": [
    changed({ image: await pictureFile({ width: 256, height: 256 }, "image/webp") }),
    refused("image", "invalid_image_type"),
  ],
  "a damaged file": [
    changed({ image: file("a robot", "image/png") }),
    refused("image", "invalid_image_type"),
  ],
  "10 MB": [changed({ image: file(new Uint8Array(10_000_000), "image/png") }), refused("image")],
  "a side of 255": [changed({ image: await sized(255, 300) }), refused("image")],
  "a side of 4,097": [changed({ image: await sized(4_097, 256) }), refused("image")],
  "more than 16 megapixels": [changed({ image: await sized(4_000, 4_001) }), refused("image")],
  "an SVG": [
    changed({ image: file("<svg/>", "image/svg+xml") }),
    refused("image", "not_simulated"),
  ],
  "no address": [jsonRequest({ ...jsonEdit, image_url: undefined }), refused("image_url")],
  "an address that is none": [
    jsonRequest({ ...jsonEdit, image_url: "input.png" }),
    refused("image_url"),
  ],
  "an address that is no text": [jsonRequest({ ...jsonEdit, image_url: 1 }), refused("image_url")],
  "bad base64": [
    jsonRequest({ ...jsonEdit, image_url: "data:image/png;base64,%%%" }),
    refused("image_url"),
  ],
  "an address of elsewhere": [
    jsonRequest({ ...jsonEdit, image_url: "https://example.com/a.png" }),
    refused("image_url", "not_simulated"),
  ],
  "another type in an address": [
    jsonRequest({ ...jsonEdit, image_url: await dataUrl(picture, "image/jpeg") }),
    refused("image_url", "invalid_image_type"),
  ],
};

const inpaintRefusals: Cases = {
  "no mask": [partsRequest({ ...inpaint, mask: undefined }), refused("mask")],
  "no mask's address": [
    jsonRequest({ ...generation, image_url: await dataUrl(picture) }),
    refused("mask_url"),
  ],
  "a mask of another size": [
    partsRequest({ ...inpaint, mask: await maskFile(undefined, { width: 257 }) }),
    refused("mask"),
  ],
  "a grey pixel": [
    partsRequest({
      ...inpaint,
      mask: await maskFile((x, y) => x + y === 510 ? 0xfefefeff : 0xffffffff),
    }),
    refused("mask"),
  ],
  "a coloured pixel": [
    partsRequest({ ...inpaint, mask: await maskFile((x, y) => x + y === 0 ? 0xff0000ff : 0xff) }),
    refused("mask"),
  ],
  "a transparent pixel": [
    partsRequest({ ...inpaint, mask: await maskFile((x, y) => x + y === 510 ? 0xfe : 0xff) }),
    refused("mask"),
  ],
  "a strength": [partsRequest({ ...inpaint, strength: "0.5" }), refused("strength")],
  "a model of V4.1": [partsRequest({ ...inpaint, model: "recraftv4_1" }), refused("model")],
  "no model, which means V4.1": [partsRequest({ ...inpaint, model: undefined }), refused("model")],
};

const removalRefusals: Cases = {
  "no file": [partsRequest({}), [400, "invalid_parameter"]],
  "both names at once": [partsRequest({ image: picture, file: picture }), [
    400,
    "invalid_parameter",
  ]],
  "a prompt": [partsRequest({ image: picture, prompt: "a robot" }), refused("prompt")],
  "jpeg": [partsRequest({ image: picture, image_format: "jpeg" }), refused("image_format")],
  "an upscaling": [
    partsRequest({ image: picture, upscale: "upscale4mp" }),
    refused("upscale", "not_simulated"),
  ],
};

Deno.test("bad inputs are refused and cost nothing", async (t) => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const cases = {
    [IMAGE_TO_IMAGE]: editRefusals,
    [INPAINT]: inpaintRefusals,
    [REMOVE_BACKGROUND]: removalRefusals,
  };
  for (const [path, refusals] of Object.entries(cases)) {
    for (const [name, [request, refusal]] of Object.entries(refusals)) {
      await t.step(`${path}: ${name}`, async () => {
        clock.pass(1_000);
        assert.deepEqual(await readRefusal(await app.request(path, request)), refusal);
      });
    }
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("inputs at the bounds are accepted", async (t) => {
  const requests: Readonly<Record<string, readonly [path: string, RequestInit]>> = {
    "a side of 4,096": [IMAGE_TO_IMAGE, changed({ image: await sized(4_096, 256) })],
    "16 megapixels": [IMAGE_TO_IMAGE, changed({ image: await sized(4_000, 4_000) })],
    "a strength of 1": [IMAGE_TO_IMAGE, changed({ strength: "1" })],
    "a strength of 0.29": [IMAGE_TO_IMAGE, changed({ strength: "0.29" })],
    "the default model": [IMAGE_TO_IMAGE, changed({ model: undefined })],
    "a mask of one colour": [
      INPAINT,
      partsRequest({ ...inpaint, mask: await maskFile(() => 0xff) }),
    ],
  };
  for (const [name, [path, request]] of Object.entries(requests)) {
    await t.step(name, async () => {
      const response = await createTestApp().request(path, request);
      assert.equal(response.status, 200, await response.text());
    });
  }
});
