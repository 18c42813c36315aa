import { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { createTestApp, readCalls } from "../testing.ts";
import {
  base64Picture,
  edit,
  FLUX_2,
  jsonRequest,
  key,
  KONTEXT,
  orderFault,
  readFieldFaults,
} from "./testing.ts";

const small = await base64Picture();
const threeMegapixels = await base64Picture({ width: 2048, height: 1536 });

const refusals: Readonly<
  Record<string, readonly [path: string, body: unknown, faults: readonly string[]]>
> = {
  "a body that is no object": [KONTEXT, "blue", ["body: model_attributes_type"]],
  "no prompt": [KONTEXT, {}, ["body.prompt: missing"]],
  "a prompt that is null": [KONTEXT, { prompt: null }, ["body.prompt: string_type"]],
  "tolerance 7 of kontext": [
    KONTEXT,
    { ...edit, safety_tolerance: 7 },
    ["body.safety_tolerance: less_than_equal"],
  ],
  "tolerance 6 of flux-2": [
    FLUX_2,
    { ...edit, safety_tolerance: 6 },
    ["body.safety_tolerance: less_than_equal"],
  ],
  "tolerance -1": [
    KONTEXT,
    { ...edit, safety_tolerance: -1 },
    ["body.safety_tolerance: greater_than_equal"],
  ],
  "half a tolerance": [
    KONTEXT,
    { ...edit, safety_tolerance: 1.5 },
    ["body.safety_tolerance: int_type"],
  ],
  "no tolerance": [
    KONTEXT,
    { ...edit, safety_tolerance: null },
    ["body.safety_tolerance: int_type"],
  ],
  "gif": [KONTEXT, { ...edit, output_format: "gif" }, ["body.output_format: enum"]],
  "too wide a ratio": [
    KONTEXT,
    { ...edit, aspect_ratio: "22:9" },
    ["body.aspect_ratio: value_error"],
  ],
  "too high a ratio": [
    KONTEXT,
    { ...edit, aspect_ratio: "9:22" },
    ["body.aspect_ratio: value_error"],
  ],
  "a ratio that is none": [
    KONTEXT,
    { ...edit, aspect_ratio: "1024x1024" },
    ["body.aspect_ratio: value_error"],
  ],
  "a seed that is a text": [KONTEXT, { ...edit, seed: "1" }, ["body.seed: int_type"]],
  "several faults at once": [
    KONTEXT,
    { safety_tolerance: 9, prompt_upsampling: "no" },
    [
      "body.prompt: missing",
      "body.safety_tolerance: less_than_equal",
      "body.prompt_upsampling: bool_type",
    ],
  ],
  "too narrow": [FLUX_2, { ...edit, width: 48, height: 64 }, ["body.width: value_error"]],
  "off the grid": [FLUX_2, { ...edit, width: 1000, height: 1024 }, ["body.width: value_error"]],
  "more than 4 megapixels": [
    FLUX_2,
    { ...edit, width: 2064, height: 2048 },
    ["body.width: value_error"],
  ],
  "more than 9 megapixels with the inputs": [
    FLUX_2,
    {
      ...edit,
      input_image: threeMegapixels,
      input_image_2: threeMegapixels,
      input_image_3: threeMegapixels,
    },
    ["body.input_image: value_error"],
  ],
  "an input that is no text": [KONTEXT, { ...edit, input_image: 5 }, [
    "body.input_image: string_type",
  ]],
  "data in an address": [
    KONTEXT,
    { ...edit, input_image: `data:image/png;base64,${small}` },
    ["body.input_image: value_error"],
  ],
  "base64 of no picture": [
    KONTEXT,
    { ...edit, input_image: btoa("robot!") },
    ["body.input_image: value_error"],
  ],
  "half a picture": [
    KONTEXT,
    { ...edit, input_image: small.slice(0, 400) },
    ["body.input_image: value_error"],
  ],
  "an empty input": [KONTEXT, { ...edit, input_image: "" }, ["body.input_image: value_error"]],
  "the second input": [
    KONTEXT,
    { ...edit, input_image: small, input_image_2: "nonsense" },
    ["body.input_image_2: value_error"],
  ],
};

Deno.test("requests are refused, cost nothing and leave faults alone", async (t) => {
  const app = createTestApp();
  await orderFault(app, { kind: "server_error" });
  for (const [name, [path, body, faults]] of Object.entries(refusals)) {
    await t.step(name, async () => {
      const response = await app.request(path, jsonRequest(body));
      assert.deepEqual(await readFieldFaults(response), ["422", ...faults]);
    });
  }
  assert.deepEqual(await readCalls(app), []);
  const { faults } = await (await app.request("/_faults")).json();
  assert.equal(faults.length, 1);
});

Deno.test("inputs that are too large are refused", async (t) => {
  const app = createTestApp();
  const inputs = {
    "more than 20 MB": new Uint8Array(20 * 1024 * 1024 + 1).toBase64(),
    "more than 20 megapixels": await base64Picture({ width: 5001, height: 4000 }),
  };
  for (const [name, input_image] of Object.entries(inputs)) {
    await t.step(name, async () => {
      const response = await app.request(KONTEXT, jsonRequest({ ...edit, input_image }));
      assert.deepEqual(await readFieldFaults(response), ["422", "body.input_image: value_error"]);
    });
  }
});

Deno.test("addresses without a picture are refused", async (t) => {
  const files = new Hono().get("/page", (c) => c.html("<html></html>"));
  await withServer(files.fetch, async (address) => {
    for (const input_image of [`${address}/page`, `${address}/none`, "http://127.0.0.1:1/"]) {
      await t.step(new URL(input_image).pathname, async () => {
        const response = await createTestApp()
          .request(KONTEXT, jsonRequest({ ...edit, input_image }));
        assert.deepEqual(await readFieldFaults(response), ["422", "body.input_image: value_error"]);
      });
    }
  });
});

Deno.test("other requests are refused by their form", async (t) => {
  const good = jsonRequest(edit);
  const json = { "content-type": "application/json" };
  const cases: Readonly<
    Record<string, readonly [path: string, init: RequestInit, status: number, detail: RegExp]>
  > = {
    "no key": [KONTEXT, { ...good, headers: json }, 403, /Not authenticated/],
    "a key in another header": [
      KONTEXT,
      { ...good, headers: { ...json, authorization: "Bearer bfl-simulated" } },
      403,
      /Not authenticated/,
    ],
    "a malformed key": [
      KONTEXT,
      { ...good, headers: { ...json, "x-key": "not a key" } },
      422,
      /api key/,
    ],
    "no key for the credits": ["/flux/v1/credits", {}, 403, /Not authenticated/],
    "a model of the past": ["/flux/v1/flux-pro", good, 404, /Not Found/],
    "upper case": ["/flux/v1/FLUX-2-pro", good, 404, /Not Found/],
    "no version": ["/flux/flux-2-pro", good, 404, /Not Found/],
    "another method": [KONTEXT, { headers: key }, 405, /Method Not Allowed/],
    "a model that is not simulated": ["/flux/v1/flux-2-pro-preview", good, 501, /Not simulated/],
    "a webhook": [
      KONTEXT,
      jsonRequest({ ...edit, webhook_url: "https://example.com" }),
      501,
      /Not simulated/,
    ],
    "one side alone": [FLUX_2, jsonRequest({ ...edit, width: 1024 }), 501, /Not simulated/],
    "a body that is not JSON": [KONTEXT, { ...good, body: "{" }, 422, /json_invalid/],
    "another type than JSON": [
      KONTEXT,
      { ...good, headers: { ...key, "content-type": "text/plain" } },
      422,
      /model_attributes_type/,
    ],
  };
  for (const [name, [path, init, status, detail]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const app = createTestApp();
      const response = await app.request(path, init);
      assert.equal(response.status, status);
      assert.match(await response.text(), detail);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("what is wrong is repeated, all of it where something is missing", async () => {
  const app = createTestApp();
  const inputsOf = async (body: Record<string, unknown>): Promise<unknown> => {
    const response = await app.request(KONTEXT, jsonRequest(body));
    assert.equal(response.status, 422);
    const { detail } = await response.json();
    return detail.map(({ input }: { readonly input: unknown }) => input);
  };
  const prompt = "my api key has no credits";
  assert.deepEqual(await inputsOf({ prompt, safety_tolerance: 7 }), [7]);
  assert.deepEqual(await inputsOf({ prompt: [prompt] }), [[prompt]]);
  assert.deepEqual(await inputsOf({ words: prompt }), [{ words: prompt }]);
  assert.deepEqual(await inputsOf({ prompt, input_image: prompt }), [prompt]);
});
