import assert from "node:assert/strict";
import OpenAI, { BadRequestError, RateLimitError } from "openai";
import { createTestApp, MODEL, pictureFile } from "./testing.ts";

/** The official client, talking to a simulator of its own. */
function createClient(): OpenAI {
  const app = createTestApp();
  return new OpenAI({
    apiKey: "sk-simulated",
    baseURL: "http://simulator.invalid/openai/v1",
    maxRetries: 0,
    fetch: async (input, init) => await app.request(input, init),
  });
}

Deno.test("the official client generates images", async () => {
  const { data, _request_id } = await createClient().images.generate({
    model: MODEL,
    prompt: "a robot",
    n: 2,
  });
  assert.equal(data?.length, 2);
  assert.match(_request_id ?? "", /^req_/);
});

Deno.test("the official client edits images", async () => {
  const { data } = await createClient().images.edit({
    model: MODEL,
    prompt: "carved from ice",
    image: [await pictureFile(), await pictureFile({ index: 1 })],
  });
  assert.equal(data?.length, 1);
});

Deno.test("the official client lists models", async () => {
  const models = await Array.fromAsync(await createClient().models.list());
  assert.ok(models.some(({ id }) => id === MODEL));
});

Deno.test("the official client recognises refusals", async (t) => {
  const cases = { "sim:moderated-input": BadRequestError, "sim:429": RateLimitError } as const;
  for (const [prompt, expected] of Object.entries(cases)) {
    await t.step(prompt, async () => {
      await assert.rejects(createClient().images.generate({ model: MODEL, prompt }), expected);
    });
  }
});
