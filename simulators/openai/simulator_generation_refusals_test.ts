import assert from "node:assert/strict";
import {
  createTestApp,
  generation,
  GENERATIONS,
  jsonRequest,
  readCalls,
  readRefusal,
} from "./testing.ts";

const INVALID = "invalid_request_error";
const USER = "image_generation_user_error";

type Refusal = readonly [status: number, type: string, code: string | null, param: string | null];

function body(changes: Record<string, unknown>): Record<string, unknown> {
  return { ...generation, ...changes };
}

const refusals: Readonly<Record<string, readonly [body: unknown, refusal: Refusal]>> = {
  "a body that is no object": ["robot", [400, INVALID, "invalid_type", null]],
  "no prompt": [
    { model: generation.model },
    [400, INVALID, "missing_required_parameter", "prompt"],
  ],
  "an empty prompt": [body({ prompt: "" }), [400, INVALID, "empty_string", "prompt"]],
  "a prompt of 32,001 characters": [
    body({ prompt: "x".repeat(32_001) }),
    [400, INVALID, "string_above_max_length", "prompt"],
  ],
  "a prompt that is no text": [body({ prompt: null }), [400, INVALID, "invalid_type", "prompt"]],
  "an unknown model": [body({ model: "gpt-image-9" }), [400, USER, "invalid_value", null]],
  "a longer name of a known model": [
    body({ model: "gpt-image-2.5-flare-2020-01-01" }),
    [400, USER, "invalid_value", null],
  ],
  "dall-e-2": [body({ model: "dall-e-2" }), [400, USER, "invalid_value", null]],
  "dall-e-3": [body({ model: "dall-e-3" }), [400, USER, "invalid_value", null]],
  "gpt-image-1": [body({ model: "gpt-image-1" }), [400, USER, "invalid_value", null]],
  "an unknown key": [body({ seed: 1 }), [400, INVALID, "unknown_parameter", "seed"]],
  style: [body({ style: "vivid" }), [400, INVALID, "unknown_parameter", "style"]],
  response_format: [
    body({ response_format: "b64_json" }),
    [400, INVALID, "unknown_parameter", "response_format"],
  ],
  "input_fidelity, which only edits know": [
    body({ input_fidelity: "high" }),
    [400, INVALID, "unknown_parameter", "input_fidelity"],
  ],
  "quality standard": [body({ quality: "standard" }), [400, INVALID, "invalid_value", "quality"]],
  "quality hd": [body({ quality: "hd" }), [400, INVALID, "invalid_value", "quality"]],
  "quality xhigh on gpt-image-2": [
    body({ model: "gpt-image-2", quality: "xhigh" }),
    [400, INVALID, "invalid_value", "quality"],
  ],
  "n of 0": [body({ n: 0 }), [400, INVALID, "integer_below_min_value", "n"]],
  "n of 11": [body({ n: 11 }), [400, INVALID, "integer_above_max_value", "n"]],
  "n of 1.5": [body({ n: 1.5 }), [400, INVALID, "invalid_type", "n"]],
  "a size that is no size": [body({ size: "large" }), [400, INVALID, "invalid_value", "size"]],
  "an upper-case X in the size": [
    body({ size: "1024X1024" }),
    [400, INVALID, "invalid_value", "size"],
  ],
  "too few pixels": [body({ size: "512x512" }), [400, USER, "invalid_value", "size"]],
  "too many pixels": [body({ size: "3840x2176" }), [400, USER, "invalid_value", "size"]],
  "too long an edge": [body({ size: "3856x2048" }), [400, USER, "invalid_value", "size"]],
  "too narrow a shape": [body({ size: "3072x1008" }), [400, USER, "invalid_value", "size"]],
  "a size off the grid of 16": [body({ size: "1000x1000" }), [400, USER, "invalid_value", "size"]],
  "a free-form size on a model of the first generation": [
    body({ model: "gpt-image-1.5", size: "1792x1024" }),
    [400, INVALID, "invalid_value", "size"],
  ],
  "a transparent background in a jpeg": [
    body({ background: "transparent", output_format: "jpeg" }),
    [400, USER, "invalid_value", "background"],
  ],
  "a transparent background on gpt-image-2": [
    body({ model: "gpt-image-2", background: "transparent" }),
    [400, USER, "invalid_value", "background"],
  ],
  "a transparent background on the snapshot of gpt-image-2": [
    body({ model: "gpt-image-2-2026-04-21", background: "transparent" }),
    [400, USER, "invalid_value", "background"],
  ],
  "a compressed png": [
    body({ output_compression: 50 }),
    [400, USER, "invalid_value", "output_compression"],
  ],
  "output as gif": [
    body({ output_format: "gif" }),
    [400, INVALID, "invalid_value", "output_format"],
  ],
  "a stream": [body({ stream: true }), [501, "simulator_error", "not_simulated", "stream"]],
};

Deno.test("generations refuse, bill nothing and leave faults alone", async (t) => {
  const app = createTestApp();
  await app.request("/_faults", jsonRequest({ provider: "openai", kind: "refused", times: 1 }));
  for (const [name, [sent, refusal]] of Object.entries(refusals)) {
    await t.step(name, async () => {
      const response = await app.request(GENERATIONS, jsonRequest(sent));
      assert.deepEqual(await readRefusal(response), refusal);
    });
  }
  assert.deepEqual(await readCalls(app), []);
  const { faults } = await (await app.request("/_faults")).json();
  assert.equal(faults.length, 1);
});

Deno.test("generations refuse requests without a good key", async (t) => {
  const headers: Readonly<Record<string, Record<string, string>>> = {
    "no key": {},
    "no bearer token": { authorization: "Basic sk-simulated" },
    "an empty token": { authorization: "Bearer " },
    "another kind of token": { authorization: "Bearer ey.something.else" },
  };
  for (const [name, sent] of Object.entries(headers)) {
    await t.step(name, async () => {
      const request = { ...jsonRequest(generation), headers: sent };
      const response = await createTestApp().request(GENERATIONS, request);
      assert.match(response.headers.get("x-request-id") ?? "", /^req_/);
      assert.deepEqual(await readRefusal(response), [401, INVALID, "invalid_api_key", null]);
    });
  }
});

Deno.test("generations refuse a body that is not JSON", async () => {
  const request = { ...jsonRequest(generation), body: '{"prompt":' };
  const response = await createTestApp().request(GENERATIONS, request);
  assert.deepEqual(await readRefusal(response), [400, INVALID, null, null]);
});

Deno.test("generations refuse another content type", async () => {
  const request = jsonRequest(generation);
  const headers = { authorization: "Bearer sk-simulated", "content-type": "text/plain" };
  const response = await createTestApp().request(GENERATIONS, { ...request, headers });
  assert.deepEqual(await readRefusal(response), [400, INVALID, "unsupported_content_type", null]);
});

Deno.test("models of the December group die on their day", async () => {
  const request = jsonRequest({ prompt: "a robot", model: "gpt-image-1.5" });
  const lastMoment = createTestApp({ now: () => new Date("2026-11-30T23:59:59Z") });
  assert.equal((await lastMoment.request(GENERATIONS, request)).status, 200);
  const afterwards = createTestApp({ now: () => new Date("2026-12-01T00:00:00Z") });
  assert.equal((await afterwards.request(GENERATIONS, request)).status, 400);
});

Deno.test("an unknown address is a 404 in the provider's own form", async () => {
  const response = await createTestApp().request("/openai/v1/images/variations", jsonRequest({}));
  assert.deepEqual(await readRefusal(response), [404, INVALID, null, null]);
});
