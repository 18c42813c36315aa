import type { Hono } from "hono";
import assert from "node:assert/strict";
import { aGlb, triangle } from "../../testing/small_files.ts";
import { z } from "zod";
import { buildModel } from "../models.ts";
import {
  authorization,
  createTestApp,
  formRequest,
  jsonRequest,
  pictureFile,
  readCalls,
  TestClock,
} from "../testing.ts";
import {
  FILES,
  fromImage,
  IMAGE_TO_MODEL,
  imageFile,
  MODEL,
  modelUpload,
  PRESIGN,
  readData,
  readRefusal,
  readTaskId,
  TEXTURE,
  upload,
} from "./testing.ts";

const MEGABYTE = 1024 * 1024;

/** A picture with bytes behind it, which decoders pass over. */
async function paddedPicture(size: number): Promise<File> {
  const picture = await pictureFile({ width: 256, height: 256, format: "jpeg" });
  return new File([picture, new Uint8Array(size - picture.size)], "input.jpeg");
}

Deno.test("uploads are refused by what they are", async (t) => {
  const picture = await imageFile();
  const model = await modelUpload();
  const outside = aGlb({ ...triangle, images: [{ uri: "paint.png" }] });
  const cases: Readonly<
    Record<string, readonly [parts: readonly (readonly [string, string | File])[], code: number]>
  > = {
    "no part": [[["name", "input.png"]], 1004],
    "a part of another name": [[["image", picture]], 1004],
    "two files": [[["file", picture], ["file", picture]], 1004],
    "a part that is no file": [[["file", "input.png"]], 1004],
    "an empty file": [[["file", new File([], "input.png")]], 2003],
    "a text": [[["file", new File(["robot"], "input.png")]], 2004],
    "a WebP": [[["file", await pictureFile({ format: "webp" })]], 2004],
    "half a picture": [[["file", new File([picture.slice(0, 500)], "input.png")]], 2004],
    "half a model": [[["file", new File([model.slice(0, 500)], "input.glb")]], 2004],
    "a model that needs another file": [[["file", new File([outside], "input.glb")]], 2004],
    "a picture above 20 MB": [[["file", await paddedPicture(20 * MEGABYTE + 1)]], 2021],
    "an STL": [[["file", new File(["solid"], "input.STL")]], 501_501],
  };
  const app = createTestApp();
  for (const [name, [parts, code]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const [, actual] = await readRefusal(await app.request(FILES, formRequest(parts)));
      assert.equal(actual, code);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("pictures of 20 MB and JPEGs are taken", async (t) => {
  const app = createTestApp();
  const files = {
    "20 MB": await paddedPicture(20 * MEGABYTE),
    JPEG: await pictureFile({ width: 256, height: 256, format: "jpeg" }),
  };
  for (const [name, file] of Object.entries(files)) {
    await t.step(name, async () => {
      const input = await upload(app, file);
      await readTaskId(await app.request(IMAGE_TO_MODEL, jsonRequest({ ...fromImage, input })));
    });
  }
});

Deno.test("uploads and other requests are refused by their form", async (t) => {
  const json = jsonRequest({});
  const cases: Readonly<
    Record<string, readonly [path: string, init: RequestInit, status: number, code: number]>
  > = {
    "an upload in JSON": [FILES, json, 415, 1003],
    "a form without an end": [
      FILES,
      {
        ...json,
        headers: { ...authorization, "content-type": "multipart/form-data; boundary=x" },
        body: "--x",
      },
      400,
      1003,
    ],
    "a body that is not JSON": [IMAGE_TO_MODEL, { ...json, body: "{" }, 400, 1003],
    "another type than JSON": [
      IMAGE_TO_MODEL,
      { ...json, headers: { ...authorization, "content-type": "text/plain" } },
      415,
      1003,
    ],
    "another method": [IMAGE_TO_MODEL, { headers: authorization }, 405, 1003],
    "no such route": ["/tripo/v3/task", json, 404, 4001],
    "a wrong base address": ["/tripo/generation/text-to-model", json, 404, 4001],
    "V2": ["/tripo/v2/openapi/task", json, 410, 2016],
    "a retired route": ["/tripo/v3/models/refine", json, 400, 2016],
    "a route that is not simulated": ["/tripo/v3/models/convert", json, 501, 501_501],
    "no key": [IMAGE_TO_MODEL, { ...json, headers: {} }, 401, 2],
    "another kind of key": [
      IMAGE_TO_MODEL,
      { ...json, headers: { authorization: "Basic c2lt" } },
      401,
      2,
    ],
    "an empty key": [IMAGE_TO_MODEL, { ...json, headers: { authorization: "Bearer " } }, 401, 2],
  };
  for (const [name, [path, init, status, code]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const response = await createTestApp().request(path, init);
      assert.deepEqual(await readRefusal(response), [status, code]);
    });
  }
});

const presignSchema = z.object({
  presigned_url: z.string(),
  file_token: z.string(),
  expires_in: z.literal(1800),
});

async function presign(app: Hono, format = "glb"): Promise<z.infer<typeof presignSchema>> {
  const { data } = await readData(await app.request(PRESIGN, jsonRequest({ format })));
  return presignSchema.parse(data);
}

function put(body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit {
  return { method: "PUT", headers: { "content-length": String(body.length), ...headers }, body };
}

const model = await buildModel({ seed: "input" });

Deno.test("a large file goes to the storage, and then its token is good", async () => {
  const app = createTestApp();
  const { presigned_url, file_token } = await presign(app);
  const texture = jsonRequest({ input: file_token, texture_prompt: { text: "stone" } });
  assert.deepEqual(await readRefusal(await app.request(TEXTURE, texture)), [400, 1004]);
  assert.equal((await app.request(presigned_url, put(model))).status, 200);
  await readTaskId(await app.request(TEXTURE, texture));
});

Deno.test("the storage takes anything, but what is no GLB cannot be used", async () => {
  const app = createTestApp();
  const { presigned_url, file_token } = await presign(app);
  assert.equal((await app.request(presigned_url, put(model.slice(0, 500)))).status, 200);
  const texture = jsonRequest({ input: file_token, texture_prompt: { text: "stone" } });
  assert.deepEqual(await readRefusal(await app.request(TEXTURE, texture)), [400, 1004]);
});

Deno.test("the storage refuses", async (t) => {
  const tooLarge = String(150 * MEGABYTE + 1);
  const cases: Readonly<
    Record<string, readonly [init: RequestInit, status: number, code: RegExp]>
  > = {
    "the API's key": [put(model, authorization), 400, /InvalidArgument/],
    "a body of unknown length": [{ method: "PUT", body: model }, 411, /MissingContentLength/],
    "more than 150 MB": [put(model, { "content-length": tooLarge }), 400, /EntityTooLarge/],
  };
  for (const [name, [init, status, code]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const response = await app.request((await presign(app)).presigned_url, init);
      assert.equal(response.status, status);
      assert.match(await response.text(), code);
    });
  }
  await t.step("another signature", async () => {
    const app = createTestApp();
    const url = new URL((await presign(app)).presigned_url);
    url.searchParams.set("signature", "guessed");
    assert.equal((await app.request(url.href, put(model))).status, 403);
  });
  await t.step("a signature of half an hour ago", async () => {
    const clock = new TestClock();
    const app = createTestApp({ now: clock.now });
    const { presigned_url } = await presign(app);
    clock.pass(1_799_999);
    assert.equal((await app.request(presigned_url, put(model))).status, 200);
    clock.pass(1);
    assert.equal((await app.request(presigned_url, put(model))).status, 403);
  });
});

Deno.test("presigning refuses formats", async (t) => {
  const cases: Readonly<Record<string, number>> = {
    exe: 2004,
    webp: 2004,
    ".glb": 2004,
    fbx: 501_501,
  };
  for (const [format, code] of Object.entries(cases)) {
    await t.step(format, async () => {
      const response = await createTestApp().request(PRESIGN, jsonRequest({ format }));
      assert.equal((await readRefusal(response))[1], code);
    });
  }
});

Deno.test("a token is its owner's alone, and dies after a day", async () => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  const body = JSON.stringify({ model: MODEL, input: await upload(app, await imageFile()) });
  const submit = async (key: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    return (await app.request(IMAGE_TO_MODEL, { method: "POST", headers, body })).status;
  };
  assert.equal(await submit("tsk_other"), 400);
  clock.pass(24 * 3_600_000 - 1);
  assert.equal(await submit("sk-simulated"), 200);
  clock.pass(1);
  assert.equal(await submit("sk-simulated"), 400);
});
