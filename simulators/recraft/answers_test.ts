import assert from "node:assert/strict";
import { readImage } from "../image_file.ts";
import { createTestApp, jsonRequest, pictureFile } from "../testing.ts";
import {
  dataUrl,
  download,
  generation,
  generationRequest,
  GENERATIONS,
  IMAGE_TO_IMAGE,
  INPAINT,
  maskFile,
  partsRequest,
  readList,
  readOne,
  REMOVE_BACKGROUND,
} from "./testing.ts";

const wide = await pictureFile({ width: 300, height: 256, format: "jpeg" });
const mask = await maskFile(undefined, { width: 300 });
const prompted = { ...generation, strength: 0.25, image_format: "png" };

const renderings: Readonly<
  Record<string, readonly [path: string, request: RequestInit, type: string, w: number, h: number]>
> = {
  "webp unless told otherwise": [GENERATIONS, generationRequest(), "image/webp", 1024, 1024],
  "png when asked for": [
    GENERATIONS,
    generationRequest({ image_format: "png", size: "1365x1024" }),
    "image/png",
    1365,
    1024,
  ],
  "a ratio in the sizes of V4.1": [
    GENERATIONS,
    jsonRequest({ prompt: "a robot", size: "2:3" }),
    "image/webp",
    832,
    1280,
  ],
  "a form": [
    GENERATIONS,
    partsRequest({ ...generation, n: "1", size: "4:3", controls: '{"no_text":true}' }),
    "image/webp",
    1365,
    1024,
  ],
  "an edit of a file": [
    IMAGE_TO_IMAGE,
    partsRequest({ ...generation, strength: "0.25", image: wide }),
    "image/webp",
    300,
    256,
  ],
  "an edit of an address": [
    IMAGE_TO_IMAGE,
    jsonRequest({ ...prompted, image_url: await dataUrl(wide) }),
    "image/png",
    300,
    256,
  ],
  "an inpainting of files": [
    INPAINT,
    partsRequest({ ...generation, image: wide, mask }),
    "image/webp",
    300,
    256,
  ],
  "an inpainting of addresses": [
    INPAINT,
    jsonRequest({
      ...generation,
      image_format: "png",
      image_url: await dataUrl(wide),
      mask_url: await dataUrl(mask),
    }),
    "image/png",
    300,
    256,
  ],
};

Deno.test("pictures come in the asked size and format, behind a public link", async (t) => {
  for (const [name, [path, request, mediaType, width, height]] of Object.entries(renderings)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const response = await app.request(path, request);
      assert.match(response.headers.get("x-recraft-requestid") ?? "", /^[0-9a-f-]{36}$/);
      const { data: [image, ...others], created } = await readList(response);
      assert.deepEqual(others, []);
      assert.equal(created, Date.parse("2026-11-23T12:00:00Z") / 1000);
      const file = await download(app, image?.url);
      assert.equal(file.headers.get("content-type"), mediaType);
      const facts = { mediaType, width, height, hasTransparency: false };
      assert.deepEqual(await readImage(await file.bytes()), facts);
    });
  }
});

Deno.test("removing a background answers one picture with transparency", async (t) => {
  const requests = {
    "a part called image": [partsRequest({ image: wide, image_format: "png" }), "image/png"],
    "a part called file": [partsRequest({ file: wide }), "image/webp"],
    "an address": [jsonRequest({ image_url: await dataUrl(wide) }), "image/webp"],
  } as const;
  for (const [name, [request, mediaType]] of Object.entries(requests)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const { image, credits } = await readOne(await app.request(REMOVE_BACKGROUND, request));
      assert.equal(credits, 10);
      const file = await download(app, image?.url);
      const facts = { mediaType, width: 300, height: 256, hasTransparency: true };
      assert.deepEqual(await readImage(await file.bytes()), facts);
    });
  }
});

Deno.test("vector styles and models answer SVG, even when png is asked for", async (t) => {
  const requests = {
    vector_illustration: { style: "vector_illustration", substyle: "line_art" },
    icon: { model: "recraftv2", style: "icon" },
    recraftv3_vector: { model: "recraftv3_vector" },
    recraftv4_1_vector: { model: "recraftv4_1_vector" },
  };
  for (const [name, changes] of Object.entries(requests)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const request = generationRequest({ ...changes, image_format: "png", size: "2:1" });
      const { data: [image] } = await readList(await app.request(GENERATIONS, request));
      const file = await download(app, image?.url);
      assert.equal(file.headers.get("content-type"), "image/svg+xml");
      const width = name === "recraftv4_1_vector" ? 1536 : 2048;
      assert.match(await file.text(), new RegExp(`^<svg [^>]*width="${width}".*</svg>\\n$`));
    });
  }
});
