import assert from "node:assert/strict";
import OpenAI from "openai";
import { Buffer } from "node:buffer";
import { drawImage } from "../images.ts";
import { createTestApp, jsonRequest, orderFault, readRefusal } from "./testing.ts";

const PATH = "/openai/v1/moderations";
const MODEL = "omni-moderation-latest";

const picture = await drawImage({ width: 64, height: 64, seed: "m", index: 0, format: "png" });
const dataUrl = `data:image/png;base64,${Buffer.from(picture).toString("base64")}`;
const imageOf = (url: string) => ({ type: "image_url" as const, image_url: { url } });

Deno.test("the service's own client reads the ratings", async () => {
  const app = createTestApp();
  const client = new OpenAI({
    apiKey: "sk-test",
    baseURL: "http://simulator/openai/v1",
    fetch: async (url, init) => await app.request(String(url), init),
  });
  const texts = await client.moderations.create({ model: MODEL, input: ["a cat", "sim:flagged"] });
  assert.match(texts.id, /^modr-/);
  assert.equal(texts.model, MODEL);
  assert.deepEqual(texts.results.map(({ flagged }) => flagged), [false, true]);
  assert.equal(texts.results[1]?.categories.violence, true);
  assert.equal(texts.results[1]?.categories.sexual, false);
  assert.deepEqual(texts.results[1]?.category_applied_input_types.violence, ["text"]);

  const mixed = await client.moderations.create({
    model: MODEL,
    input: [{ type: "text", text: "sim:flagged" }, imageOf(dataUrl)],
  });
  assert.equal(mixed.results.length, 1);
  assert.equal(mixed.results[0]?.flagged, true);
  const image = await client.moderations.create({ model: MODEL, input: [imageOf(dataUrl)] });
  assert.equal(image.results[0]?.flagged, false);
  assert.equal(image.results[0]?.category_scores["sexual/minors"], 0);
  assert.equal((await client.moderations.create({ input: "sim:flagged" })).results.length, 1);
});

Deno.test("what it cannot use is refused", async (t) => {
  const cases: readonly [name: string, body: unknown, refusal: readonly unknown[]][] = [
    ["nothing", {}, [400, "invalid_value", "input"]],
    ["an empty list", { input: [] }, [400, "invalid_value", "input"]],
    ["an unknown field", { input: "a", user: "u" }, [400, "invalid_value", "input"]],
    ["another model", { input: "a", model: "gpt-4o" }, [404, "model_not_found", "model"]],
    [
      "two images",
      { input: [imageOf(dataUrl), imageOf(dataUrl)] },
      [400, "too_many_images", "input"],
    ],
    ["no image", { input: [imageOf("data:image/png;base64,AAAA")] }, [
      400,
      "invalid_image_url",
      "input",
    ]],
    ["an address of nothing", { input: [imageOf("http://127.0.0.1:1/a.png")] }, [
      400,
      "failed_to_download_image",
      "input",
    ]],
  ];
  for (const [name, body, expected] of cases) {
    await t.step(name, async () => {
      const response = await createTestApp().request(PATH, jsonRequest(body));
      const [status, , code, param] = await readRefusal(response);
      assert.deepEqual([status, code, param], expected);
    });
  }
});

Deno.test("it needs a key, and shows the faults that are ordered for it", async () => {
  const app = createTestApp();
  const anonymous = { ...jsonRequest({ input: "a" }), headers: {} };
  assert.equal((await app.request(PATH, anonymous)).status, 401);
  for (const [kind, status] of [["rate_limited", 429], ["server_error", 500]] as const) {
    await orderFault(app, { kind, operation: "moderation" });
    assert.equal((await app.request(PATH, jsonRequest({ input: "a" }))).status, status);
    assert.equal((await app.request(PATH, jsonRequest({ input: "a" }))).status, 200);
  }
});
