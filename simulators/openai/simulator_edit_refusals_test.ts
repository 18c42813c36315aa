import assert from "node:assert/strict";
import {
  createTestApp,
  EDITS,
  formRequest,
  jsonRequest,
  MODEL,
  pictureFile,
  readCalls,
  readRefusal,
} from "./testing.ts";

const INVALID = "invalid_request_error";
const USER = "image_generation_user_error";

type Refusal = readonly [status: number, type: string, code: string | null, param: string | null];
type Parts = readonly (readonly [name: string, value: string | File])[];

const picture = await pictureFile();
const overlay = await pictureFile({ transparent: true });
const required: Parts = [
  ["model", MODEL],
  ["prompt", "carved from ice"],
];
const edit: Parts = [...required, ["image", picture]];

function fileOf(content: BlobPart, type: string): File {
  return new File([content], "input.png", { type });
}

function images(count: number): Parts {
  return Array.from({ length: count }, () => ["image[]", picture] as const);
}

const formRefusals: Readonly<Record<string, readonly [parts: Parts, refusal: Refusal]>> = {
  "no image": [required, [400, INVALID, "missing_required_parameter", "image"]],
  "no prompt": [[["image", picture]], [400, INVALID, "missing_required_parameter", "prompt"]],
  "17 images": [
    [...required, ...images(17)],
    [400, INVALID, "array_above_max_length", "image"],
  ],
  "17 images in both spellings": [
    [...edit, ...images(16)],
    [400, INVALID, "array_above_max_length", "image"],
  ],
  "an image that is no file": [
    [...required, ["image", "input.png"]],
    [400, INVALID, "invalid_type", "image"],
  ],
  "an image without its media type": [
    [...required, ["image", await pictureFile({}, "application/octet-stream")]],
    [400, INVALID, "unsupported_file_mimetype", "image"],
  ],
  "the second of two images without its media type": [
    [...edit, ["image", await pictureFile({}, "application/octet-stream")]],
    [400, INVALID, "unsupported_file_mimetype", "image[1]"],
  ],
  "an empty image": [
    [...required, ["image", fileOf("", "image/png")]],
    [400, USER, "empty_image_file", "image"],
  ],
  "an image that cannot be decoded": [
    [...required, ["image", fileOf("no picture", "image/png")]],
    [400, USER, "invalid_image_file", "image"],
  ],
  "an image of another type than it says": [
    [...required, ["image", await pictureFile({ format: "jpeg" }, "image/png")]],
    [400, USER, "invalid_image_file", "image"],
  ],
  "an image of 50 MB": [
    [...required, ["image", fileOf(new Uint8Array(50 * 1024 * 1024), "image/png")]],
    [400, USER, "image_file_too_large", "image"],
  ],
  "a mask of another size": [
    [...edit, ["mask", await pictureFile({ transparent: true, width: 80 })]],
    [400, USER, "invalid_image_file", "mask"],
  ],
  "a mask without a transparent pixel": [
    [...edit, ["mask", picture]],
    [400, USER, "invalid_image_file", "mask"],
  ],
  "a mask that is a jpeg": [
    [...edit, ["mask", await pictureFile({ format: "jpeg" })]],
    [400, INVALID, "unsupported_file_mimetype", "mask"],
  ],
  "a markup next to a mask": [
    [...edit, ["mask", overlay], ["markup", overlay]],
    [400, INVALID, "invalid_value", "markup"],
  ],
  "a markup on gpt-image-2": [
    [
      ["model", "gpt-image-2"],
      ["prompt", "ice"],
      ["image", picture],
      ["markup", overlay],
    ],
    [400, USER, "invalid_value", "markup"],
  ],
  "input_fidelity on 2.5": [
    [...edit, ["input_fidelity", "high"]],
    [400, INVALID, "invalid_input_fidelity_model", "input_fidelity"],
  ],
  "input_fidelity on 2": [
    [
      ["model", "gpt-image-2"],
      ["prompt", "ice"],
      ["image", picture],
      ["input_fidelity", "low"],
    ],
    [400, INVALID, "invalid_input_fidelity_model", "input_fidelity"],
  ],
  moderation: [
    [...edit, ["moderation", "low"]],
    [400, INVALID, "unknown_parameter", "moderation"],
  ],
  style: [
    [...edit, ["style", "vivid"]],
    [400, INVALID, "unknown_parameter", "style"],
  ],
  "an unknown file": [
    [...edit, ["reference", picture]],
    [400, INVALID, "unknown_parameter", "reference"],
  ],
  "quality standard": [
    [...edit, ["quality", "standard"]],
    [400, INVALID, "invalid_value", "quality"],
  ],
  "an empty size": [
    [...edit, ["size", ""]],
    [400, INVALID, "invalid_value", "size"],
  ],
  "n of 11": [
    [...edit, ["n", "11"]],
    [400, INVALID, "integer_above_max_value", "n"],
  ],
  "n that is no number": [
    [...edit, ["n", "two"]],
    [400, INVALID, "invalid_type", "n"],
  ],
  "two prompts": [
    [...edit, ["prompt", "another"]],
    [400, INVALID, "duplicate_parameter", "prompt"],
  ],
  "a dead model": [
    [
      ["model", "gpt-image-1"],
      ["prompt", "ice"],
      ["image", picture],
    ],
    [400, USER, "invalid_value", null],
  ],
};

const json = { model: MODEL, prompt: "carved from ice" };

const jsonRefusals: Readonly<Record<string, readonly [body: unknown, refusal: Refusal]>> = {
  "no images": [json, [400, INVALID, "missing_required_parameter", "images"]],
  "an empty list of images": [{ ...json, images: [] }, [400, INVALID, "empty_array", "images"]],
  "an image without a source": [
    { ...json, images: [{}] },
    [400, INVALID, "invalid_value", "images[0]"],
  ],
  "an image with an unknown key": [
    { ...json, images: [{ url: "https://example.com/a.png" }] },
    [400, INVALID, "unknown_parameter", "images[0].url"],
  ],
  "an unknown file id": [
    { ...json, images: [{ file_id: "file-1" }] },
    [400, INVALID, "image_file_not_found", "images[0]"],
  ],
  "an address that cannot be read": [
    { ...json, images: [{ image_url: "https://example.com/a.png" }] },
    [400, INVALID, "failed_to_download_image", "images[0].image_url"],
  ],
  "no address at all": [
    { ...json, images: [{ image_url: "a.png" }] },
    [400, INVALID, "invalid_image_url", "images[0].image_url"],
  ],
  "bad base64": [
    { ...json, images: [{ image_url: "data:image/png;base64,%%%" }] },
    [400, INVALID, "invalid_base64_image", "images[0].image_url"],
  ],
};

Deno.test("edits refuse bad forms and bill nothing", async (t) => {
  const app = createTestApp();
  for (const [name, [parts, refusal]] of Object.entries(formRefusals)) {
    await t.step(name, async () => {
      const response = await app.request(EDITS, formRequest(parts));
      assert.deepEqual(await readRefusal(response), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("edits refuse bad JSON bodies and bill nothing", async (t) => {
  const app = createTestApp();
  for (const [name, [body, refusal]] of Object.entries(jsonRefusals)) {
    await t.step(name, async () => {
      const response = await app.request(EDITS, jsonRequest(body));
      assert.deepEqual(await readRefusal(response), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("edits refuse a form without its boundary", async () => {
  const request = {
    method: "POST",
    headers: { authorization: "Bearer sk-simulated", "content-type": "multipart/form-data" },
    body: "--B\r\nContent-Disposition: form-data",
  };
  const response = await createTestApp().request(EDITS, request);
  assert.deepEqual(await readRefusal(response), [400, INVALID, null, null]);
});
