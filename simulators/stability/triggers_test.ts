import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readImage } from "../image_file.ts";
import { Jimp } from "../jimp.ts";
import { createTestApp, orderFault, pictureFile, readCalls, recordWaits } from "../testing.ts";
import { addressOf, readImageBody, readRefusal, stabilityRequest } from "./testing.ts";

const SKETCH = addressOf("sketch-to-image");
const JSON_PLEASE = { accept: "application/json" };

function withPrompt(prompt: string, headers: Record<string, string> = {}): RequestInit {
  return stabilityRequest("sketch-to-image", { prompt }, headers);
}

Deno.test("a trigger refuses a call as the service does, without billing it", async (t) => {
  const refusals = {
    "sim:moderated": [403, "content_moderation"],
    "sim:moderated-input": [403, "content_moderation"],
    "sim:public-figure": [422, "public_figure", "image"],
    "sim:non-english": [422, "invalid_language"],
    "sim:400": [400, "bad_request", "prompt"],
    "sim:401": [401, "unauthorized", "authorization"],
    "sim:402": [402, "payment_required"],
    "sim:404": [404, "not_found"],
    "sim:413": [413, "payload_too_large"],
    "sim:429": [429, "rate_limit_exceeded"],
    "sim:429-bare": [429, "rate_limit_exceeded"],
    "sim:500": [500, "internal_error"],
  } as const;
  for (const [trigger, refusal] of Object.entries(refusals)) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(SKETCH, withPrompt(`a robot, ${trigger}.`, JSON_PLEASE));
      assert.deepEqual(await readRefusal(response), refusal);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("only one of the two 429 says when to come back", async () => {
  const app = createTestApp();
  const headers = await Promise.all(["sim:429", "sim:429-bare"].map(async (prompt) => {
    const response = await app.request(SKETCH, withPrompt(prompt));
    await response.body?.cancel();
    return response.headers.get("retry-after");
  }));
  assert.deepEqual(headers, ["1", null]);
});

Deno.test("a trigger answers as a gateway that knows no JSON", async (t) => {
  const answers = {
    "sim:html-403": [403, "text/html"],
    "sim:html-502": [502, "text/html"],
    "sim:503": [503, null],
    "sim:504": [504, null],
  } as const;
  for (const [trigger, [status, mediaType]] of Object.entries(answers)) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(SKETCH, withPrompt(trigger));
      assert.deepEqual([response.status, response.headers.get("content-type")], [
        status,
        mediaType,
      ]);
      assert.equal((await response.text()) === "", mediaType === null);
      assert.deepEqual(await readCalls(app), []);
    });
  }
});

Deno.test("a filtered picture comes with 200, blurred and billed", async (t) => {
  for (const trigger of ["sim:filtered", "sim:moderated-output"]) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(SKETCH, withPrompt(trigger));
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("finish-reason"), "CONTENT_FILTERED");
      const { bitmap } = await Jimp.read(Buffer.from(await response.bytes()));
      assert.deepEqual([bitmap.width, bitmap.height], [64, 64]);
      const colours = new Set(
        Array.from({ length: 64 * 64 }, (_, i) => bitmap.data.readUInt32BE(4 * i)),
      );
      assert.equal(colours.size, 1);
      const body = await readImageBody(await app.request(SKETCH, withPrompt(trigger, JSON_PLEASE)));
      assert.equal(body.finish_reason, "CONTENT_FILTERED");
      assert.equal((await readCalls(app)).length, 2);
    });
  }
});

Deno.test("sim:empty and sim:garbled are billed and look like a success but for the bytes", async (t) => {
  for (const [trigger, isEmpty] of [["sim:empty", true], ["sim:garbled", false]] as const) {
    await t.step(trigger, async () => {
      const app = createTestApp();
      const response = await app.request(SKETCH, withPrompt(trigger));
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), "image/png");
      assert.equal(response.headers.get("finish-reason"), "SUCCESS");
      const bytes = await response.bytes();
      assert.equal(bytes.length === 0, isEmpty);
      assert.equal(await readImage(bytes), undefined);
      assert.equal((await readCalls(app)).length, 1);
    });
  }
});

Deno.test("sim:500-once fails the first call with its prompt only", async () => {
  const app = createTestApp();
  const statuses: number[] = [];
  for (const prompt of ["a sim:500-once", "a sim:500-once", "b sim:500-once"]) {
    const response = await app.request(SKETCH, withPrompt(prompt));
    statuses.push(response.status);
    await response.body?.cancel();
  }
  assert.deepEqual(statuses, [500, 200, 500]);
});

Deno.test("sim:slow answers normally after five seconds", async () => {
  const { waits, wait } = recordWaits();
  const response = await createTestApp({ wait }).request(SKETCH, withPrompt("sim:slow"));
  assert.equal((await readImage(await response.bytes()))?.width, 64);
  assert.deepEqual(waits, [5_000]);
});

Deno.test("without a prompt the file's name is the trigger", async (t) => {
  const cases = [["remove-background", 64], ["image-to-model", 640]] as const;
  for (const [operation, side] of cases) {
    await t.step(operation, async () => {
      const order = { width: side, height: side };
      const image = await pictureFile(order, "image/png", "robot sim:402.png");
      const request = stabilityRequest(operation, { image });
      const response = await createTestApp().request(addressOf(operation), request);
      assert.deepEqual(await readRefusal(response), [402, "payment_required"]);
    });
  }
});

Deno.test("with a prompt the file's name says nothing, and a fault comes first", async () => {
  const app = createTestApp();
  const image = await pictureFile({}, "image/png", "sim:402.png");
  const request = stabilityRequest("sketch-to-image", { image });
  assert.equal((await app.request(SKETCH, request)).status, 200);
  await orderFault(app, "stability", { kind: "server_error" });
  const response = await app.request(SKETCH, withPrompt("sim:402"));
  assert.deepEqual(await readRefusal(response), [500, "internal_error"]);
});
