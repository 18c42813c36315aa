import assert from "node:assert/strict";
import { createTestApp, jsonRequest, pictureFile, readCalls } from "../testing.ts";
import {
  fromImage,
  fromText,
  IMAGE_TO_MODEL,
  imageFile,
  MODEL,
  modelUpload,
  MULTIVIEW_TO_MODEL,
  orderFault,
  readRefusal,
  readTaskId,
  TEXT_TO_MODEL,
  upload,
} from "./testing.ts";

type Refusal = readonly [status: number, code: number];
const INVALID: Refusal = [400, 1004];

const textRefusals: Readonly<Record<string, readonly [body: unknown, refusal: Refusal]>> = {
  "a body that is no object": ["castle", [400, 1003]],
  "no prompt": [{ model: MODEL }, INVALID],
  "an empty prompt": [{ ...fromText, prompt: "" }, INVALID],
  "1,025 characters": [{ ...fromText, prompt: "x".repeat(1025) }, INVALID],
  "a negative prompt of 256 characters": [
    { ...fromText, negative_prompt: "x".repeat(256) },
    INVALID,
  ],
  "no model": [{ prompt: "a castle" }, INVALID],
  "an alias of a model": [{ ...fromText, model: "tripo-v3.1" }, INVALID],
  "a retired model": [{ ...fromText, model: "v2.0-20240919" }, [400, 2015]],
  "the model default": [{ ...fromText, model: "default" }, [400, 2015]],
  "a name of every object": [{ ...fromText, model: "constructor" }, INVALID],
  "a texture that is no boolean": [{ ...fromText, texture: "yes" }, INVALID],
  "an unknown quality": [{ ...fromText, texture_quality: "ultra" }, INVALID],
  "the fast quality without its version": [{ ...fromText, texture_quality: "fast" }, INVALID],
  "a null": [{ ...fromText, face_limit: null }, INVALID],
  "half a face": [{ ...fromText, face_limit: 100.5 }, INVALID],
  "too few faces": [{ ...fromText, face_limit: 99 }, INVALID],
  "too many faces": [{ ...fromText, face_limit: 1_500_001 }, INVALID],
  "too many faces of a detailed shape": [
    { ...fromText, face_limit: 2_000_001, geometry_quality: "detailed" },
    INVALID,
  ],
  "too many faces for v2.5": [
    { ...fromText, face_limit: 500_001, model: "v2.5-20250123" },
    INVALID,
  ],
  "a detailed shape of v2.5": [
    { ...fromText, geometry_quality: "detailed", model: "v2.5-20250123" },
    INVALID,
  ],
  "quad of P1, even if false": [{ ...fromText, model: "P1-20260311", quad: false }, INVALID],
  "parts of P1, even if false": [
    { ...fromText, model: "P1-20260311", generate_parts: false },
    INVALID,
  ],
  "low poly without a limit": [{ ...fromText, smart_low_poly: true }, INVALID],
  "low poly with too many faces": [
    { ...fromText, smart_low_poly: true, face_limit: 20_001 },
    INVALID,
  ],
  "a size without a texture": [
    { ...fromText, auto_size: true, texture: false, pbr: false },
    INVALID,
  ],
  "parts with a texture": [{ ...fromText, generate_parts: true }, INVALID],
  quads: [{ ...fromText, quad: true }, [501, 501_501]],
  compression: [{ ...fromText, compress: "geometry" }, [501, 501_501]],
};

Deno.test("texts are refused, cost nothing and leave faults alone", async (t) => {
  const app = createTestApp();
  await orderFault(app, { kind: "refused" });
  for (const [name, [body, refusal]] of Object.entries(textRefusals)) {
    await t.step(name, async () => {
      const response = await app.request(TEXT_TO_MODEL, jsonRequest(body));
      assert.deepEqual(await readRefusal(response), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
  const { faults } = await (await app.request("/_faults")).json();
  assert.equal(faults.length, 1);
});

Deno.test("images are refused and cost nothing", async (t) => {
  const app = createTestApp();
  const token = await upload(app, await imageFile());
  const small = await upload(app, await pictureFile({ width: 256, height: 255 }));
  const model = await upload(app, await modelUpload());
  const task = await readTaskId(await app.request(TEXT_TO_MODEL, jsonRequest(fromText)));
  await app.request("/_calls", { method: "DELETE" });
  const cases: Readonly<Record<string, readonly [body: Record<string, unknown>, Refusal]>> = {
    "no input": [{ input: undefined }, INVALID],
    "input and file": [{ input: token, file: { type: "png", file_token: token } }, INVALID],
    "no model": [{ input: token, model: undefined }, INVALID],
    "data in the address": [{ input: "data:image/png;base64,AAAA" }, INVALID],
    "another protocol": [{ input: "ftp://localhost/a.png" }, INVALID],
    "a file address": [{ input: "file:///etc/hosts" }, INVALID],
    "an unknown token": [{ input: "file_unknown" }, INVALID],
    "an unknown task": [{ input: "unknown" }, [404, 2001]],
    "a task that made a model": [{ input: task }, [400, 2006]],
    "a picture with a side of 255 pixels": [{ input: small }, INVALID],
    "a model": [{ input: model }, INVALID],
    "an object of V2 in a bucket": [
      { input: undefined, file: { type: "png", object: { bucket: "b", key: "k" } } },
      [501, 501_501],
    ],
    "an object of V2 without a file": [{ input: undefined, file: { type: "png" } }, INVALID],
    "aligned without a texture": [
      { input: token, orientation: "align_image", texture: false, pbr: false },
      INVALID,
    ],
    "an unknown orientation": [{ input: token, orientation: "up" }, INVALID],
  };
  for (const [name, [changes, refusal]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const request = jsonRequest({ ...fromImage, ...changes });
      assert.deepEqual(await readRefusal(await app.request(IMAGE_TO_MODEL, request)), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
});

Deno.test("views are taken by name, by place, and in V2's form; other sets are refused", async (t) => {
  const app = createTestApp();
  const a = await upload(app, await imageFile());
  const accepted: Readonly<Record<string, unknown>> = {
    "by name": [{ front: a }, { right: a }],
    "by name, in one object and another order": [{ left: a, front: a }],
    "by name, as objects": [{ front: { file_token: a } }, { back: { file_token: a } }],
    "by place": [a, a, a, a],
    "by place, with holes": [a, "", "", a],
  };
  for (const [name, inputs] of Object.entries(accepted)) {
    await t.step(name, async () => {
      const request = jsonRequest({ model: MODEL, inputs });
      const task = await readTaskId(await app.request(MULTIVIEW_TO_MODEL, request));
      assert.ok(task);
    });
  }
  const refused: Readonly<Record<string, readonly [body: Record<string, unknown>, Refusal]>> = {
    nothing: [{}, INVALID],
    "no views": [{ inputs: [] }, INVALID],
    "one view": [{ inputs: [{ front: a }] }, INVALID],
    "one view by place": [{ inputs: [a, "", "", ""] }, INVALID],
    "no front": [{ inputs: ["", a, a, a] }, INVALID],
    "three places": [{ inputs: [a, a, a] }, INVALID],
    "six places": [{ inputs: [a, a, a, a, a, a] }, INVALID],
    "a view that is none": [{ inputs: [{ front: a }, { top: a }] }, INVALID],
    "a view twice": [{ inputs: [{ front: a }, { front: a }, { left: a }] }, INVALID],
    "a hole that is null": [{ inputs: [a, null, a, null] }, INVALID],
    "data in an address": [{ inputs: [a, "data:image/png;base64,AA", "", ""] }, INVALID],
    "V2's list": [{ files: [{}, {}, {}, {}] }, [501, 501_501]],
  };
  for (const [name, [body, refusal]] of Object.entries(refused)) {
    await t.step(name, async () => {
      const request = jsonRequest({ model: MODEL, ...body });
      assert.deepEqual(await readRefusal(await app.request(MULTIVIEW_TO_MODEL, request)), refusal);
    });
  }
});
