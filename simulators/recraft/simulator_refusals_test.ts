import assert from "node:assert/strict";
import { createTestApp, orderFault, readCalls, TestClock } from "../testing.ts";
import { generationRequest, GENERATIONS, readRefusal } from "./testing.ts";

const id = "0b1f4a3e-6f0d-4c8e-9a53-2f7f8c1f0001";
const v4 = { model: "recraftv4_1" };

type Cases = Readonly<
  Record<string, readonly [changes: Record<string, unknown>, field: string, code?: string]>
>;

const refusals: Cases = {
  "no prompt": [{ prompt: undefined }, "prompt"],
  "an empty prompt": [{ prompt: "" }, "prompt"],
  "1,001 characters for V3": [{ prompt: "x".repeat(1_001) }, "prompt"],
  "1,001 characters for V2": [{ model: "recraftv2", prompt: "x".repeat(1_001) }, "prompt"],
  "10,001 characters for V4.1": [{ ...v4, prompt: "x".repeat(10_001) }, "prompt"],
  "an unknown model": [{ model: "recraftv5" }, "model"],
  "a model of nobody's object": [{ model: "constructor" }, "model"],
  "a vector model that does not exist": [{ model: "recraftv4_1_flash_vector" }, "model"],
  "n of 0": [{ n: 0 }, "n"],
  "n of 7": [{ n: 7 }, "n"],
  "n of 1.5": [{ n: 1.5 }, "n"],
  "n as text in JSON": [{ n: "2" }, "n"],
  "a size of V4 on V3": [{ size: "1536x768" }, "size"],
  "a size of V3 on V4": [{ ...v4, size: "2048x1024" }, "size"],
  "a size of V4 on Pro": [{ model: "recraftv4_pro", size: "1024x1024" }, "size"],
  "a ratio that nobody draws": [{ size: "21:9" }, "size"],
  "an unknown style": [{ style: "oil" }, "style"],
  "icon on V3": [{ style: "icon" }, "style"],
  "any on V2": [{ model: "recraftv2", style: "any" }, "style"],
  "a style on V4.1": [{ ...v4, style: "realistic_image" }, "style"],
  "a raster style on a vector model": [
    { model: "recraftv3_vector", style: "realistic_image" },
    "style",
  ],
  "cyberpunk": [{ style: "digital_illustration", substyle: "cyberpunk" }, "substyle"],
  "a substyle of another style": [{ style: "realistic_image", substyle: "hand_drawn" }, "substyle"],
  "a substyle of another model": [
    { model: "recraftv2", style: "digital_illustration", substyle: "cover" },
    "substyle",
  ],
  "a substyle of any": [{ style: "any", substyle: "hdr" }, "substyle"],
  "a substyle that the default style lacks": [{ substyle: "hand_drawn" }, "substyle"],
  "a substyle on V4.1": [{ ...v4, substyle: "hdr" }, "substyle"],
  "a style id that is no UUID": [{ style_id: "custom_style_123" }, "style_id"],
  "a style next to a style id": [{ style: "any", style_id: id }, "style_id"],
  "a substyle next to a style id": [{ substyle: "hdr", style_id: id }, "style_id"],
  "a style id on a model without styles": [{ ...v4, style_id: id }, "style_id"],
  "pixels on a vector model": [{ model: "recraftv3_vector", size: "1024x1024" }, "size"],
  "pixels on V4 Styles as vectors": [
    { model: "recraftv4_styles_vector", style_id: id, size: "1024x1024" },
    "size",
  ],
  "V4 Styles without a style": [{ model: "recraftv4_styles" }, "style_id"],
  "a negative prompt on V4.1": [{ ...v4, negative_prompt: "a cat" }, "negative_prompt"],
  "a text layout on V4.1": [{ ...v4, text_layout: [] }, "text_layout"],
  "a text layout on V2": [{ model: "recraftv2", text_layout: [] }, "text_layout"],
  "jpeg": [{ image_format: "jpeg" }, "image_format"],
  "another response format": [{ response_format: "png" }, "response_format"],
  "a negative seed": [{ random_seed: -1 }, "random_seed"],
  "a seed of 2^32": [{ random_seed: 2 ** 32 }, "random_seed"],
  "an artistic level of 6": [{ controls: { artistic_level: 6 } }, "controls.artistic_level"],
  "a colour of 256": [{ controls: { colors: [{ rgb: [0, 0, 256] }] } }, "controls.colors.0.rgb.2"],
  "a strength without an image": [{ strength: 0.5 }, "strength"],
  "an unknown field": [{ aspect_ratio: "1:1" }, "aspect_ratio"],
  "an upscaling": [{ upscale: "upscale4mp" }, "upscale", "not_simulated"],
  "a raster spelling": [{ model: "recraftv3_raster" }, "model", "not_simulated"],
};

Deno.test("generations refuse, bill nothing and leave faults alone", async (t) => {
  const clock = new TestClock();
  const app = createTestApp({ now: clock.now });
  await orderFault(app, "recraft", { kind: "refused" });
  for (const [name, [changes, field, code = "invalid_parameter"]] of Object.entries(refusals)) {
    await t.step(name, async () => {
      clock.pass(1_000);
      const response = await app.request(GENERATIONS, generationRequest(changes));
      const body: { code: string; message: string } = await response.json();
      assert.equal(response.status, code === "not_simulated" ? 501 : 400);
      assert.equal(body.code, code);
      assert.equal(body.message.split(":", 1)[0], field);
    });
  }
  assert.deepEqual(await readCalls(app), []);
  assert.equal((await (await app.request("/_faults")).json()).faults.length, 1);
});

const accepted: Readonly<Record<string, Record<string, unknown>>> = {
  "1,000 characters for V3": { prompt: "x".repeat(1_000) },
  "10,000 characters for V4.1": { ...v4, prompt: "x".repeat(10_000) },
  "six pictures": { n: 6 },
  "the odd size of V3": { size: "1707x1024" },
  "a size of Pro": { model: "recraftv4_1_utility_pro", size: "1664x2688" },
  "a substyle of the default style": { substyle: "hdr" },
  "a substyle of a vector model's default style": {
    model: "recraftv2_vector",
    substyle: "doodle_line_art",
  },
  "a style of one's own": { style_id: id },
  "V4 Styles with a style": { model: "recraftv4_styles", style_id: id },
  "the largest seed": { random_seed: 2 ** 32 - 1 },
  "everything else": {
    style: "digital_illustration",
    substyle: "2d_art_poster",
    negative_prompt: "a cat",
    text_layout: [{ text: "hi", bbox: [[0, 0], [1, 0], [1, 1], [0, 1]] }],
    controls: { colors: [{ rgb: [0, 0, 255], weight: 1 }], artistic_level: 5, no_text: false },
    creativity: "eccentric",
    style_match: "precise",
    expire: true,
  },
};

Deno.test("generations accept what lies at a bound, and every documented field", async (t) => {
  for (const [name, changes] of Object.entries(accepted)) {
    await t.step(name, async () => {
      const response = await createTestApp().request(GENERATIONS, generationRequest(changes));
      assert.equal(response.status, 200, await response.text());
    });
  }
});

Deno.test("style references are real but not simulated", async () => {
  const changes = { model: "recraftv4_styles", style_reference_urls: ["https://example.com/a"] };
  const response = await createTestApp().request(GENERATIONS, generationRequest(changes));
  assert.deepEqual(await readRefusal(response), [501, "not_simulated"]);
});

Deno.test("a body that is neither JSON nor a form is refused", async (t) => {
  const headers = { authorization: "Bearer simulated" };
  const json = { ...headers, "content-type": "application/json" };
  const requests: Readonly<Record<string, RequestInit>> = {
    "text": { method: "POST", headers, body: "a robot" },
    "half a JSON": { method: "POST", headers: json, body: '{"prompt":' },
    "a list": { method: "POST", headers: json, body: "[]" },
    "a form without its boundary": {
      method: "POST",
      headers: { ...headers, "content-type": "multipart/form-data" },
      body: "--B",
    },
  };
  for (const [name, request] of Object.entries(requests)) {
    await t.step(name, async () => {
      const response = await createTestApp().request(GENERATIONS, request);
      assert.deepEqual(await readRefusal(response), [400, "invalid_parameter", "body"]);
    });
  }
});

Deno.test("the account is charged through the API and nothing else", async (t) => {
  for (
    const [billing, status] of [["api", 200], ["subscription", 501], ["invoice", 400]] as const
  ) {
    await t.step(billing, async () => {
      const address = `${GENERATIONS}?billing=${billing}`;
      const response = await createTestApp().request(address, generationRequest());
      assert.equal(response.status, status);
      await response.body?.cancel();
    });
  }
});
