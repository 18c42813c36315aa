import assert from "node:assert/strict";
import { readImage } from "../../../simulators/image_file.ts";
import { drawImage } from "../../../simulators/images.ts";
import { createTestApp, readCalls } from "../../../simulators/openai/testing.ts";
import { aCallContext, END_USER } from "../../../testing/call_context.ts";
import { inputFile } from "../../../testing/input_files.ts";
import { edit, generate, MODEL } from "../../../testing/openai_calls.ts";
import { withServer } from "../../../testing/serve.ts";
import { contentOf } from "../../../testing/streams.ts";

Deno.test("a call answers as many pictures of the asked size, their cost and its id", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    const { outputs, call } = await generate(`${address}/openai/v1`, { n: 2, size: "1792x1024" });
    const files = await Promise.all(outputs.map(contentOf));
    const pictures = await Promise.all(files.map(readImage));
    const picture = { mediaType: "image/png", width: 1792, height: 1024, hasTransparency: false };
    assert.deepEqual(pictures, [picture, picture]);
    assert.notDeepEqual(files[0], files[1]);

    assert.equal(call.model, MODEL);
    assert.equal(call.providerRequestId, (await readCalls(app))[0]?.request_id);
    // 3 tokens of text at 5e-6 and 2 pictures of 769 tokens at 30e-6.
    assert.ok(Math.abs((call.costUsd ?? 0) - 0.046155) < 1e-9, String(call.costUsd));
  });
});

Deno.test("the provider receives these fields and no others", async () => {
  const app = createTestApp();
  await withServer(app.fetch, async (address) => {
    await generate(`${address}/openai/v1`, { style: "vivid", quality: "hd" });
  });
  assert.deepEqual(
    (await readCalls(app)).map(({ request }) => request),
    [
      {
        prompt: "a clay robot Vivid, dramatic, saturated look.",
        n: 1,
        size: "1024x1024",
        quality: "high",
        model: MODEL,
        output_format: "png",
        safety_identifier: END_USER,
      },
    ],
  );
});

Deno.test("parameters that are not the schema's never reach the provider", async () => {
  let requests = 0;
  const count = (): Response => Response.json({ data: [], requests: ++requests });
  await withServer(count, async (address) => {
    await assert.rejects(generate(address, { n: 9 }), { name: /ZodError/ });
  });
  assert.equal(requests, 0);
});

Deno.test("an answer without an account of usage is a success of unknown cost", async (t) => {
  const data = [{ b64_json: "aGVsbG8=" }];
  const answers = {
    none: { data },
    null: { data, usage: null },
    "of another shape": { data, usage: { output_tokens: "many" } },
  };
  for (const [name, body] of Object.entries(answers)) {
    await t.step(name, async () => {
      await withServer(
        () => Response.json(body),
        async (address) => {
          const { outputs, call } = await generate(address);
          const files = await Promise.all(outputs.map(contentOf));
          assert.deepEqual(files.map((bytes) => new TextDecoder().decode(bytes)), ["hello"]);
          assert.equal(call.costUsd, undefined);
        },
      );
    });
  }
});

Deno.test("an edit hands in the picture as what it is, and keeps its shape unless told", async () => {
  const app = createTestApp();
  const input = await drawImage({ width: 64, height: 32, seed: "in", index: 0, format: "jpeg" });
  const read: string[] = [];
  const context = aCallContext({
    readAsset: (address) => {
      read.push(address);
      return Promise.resolve(inputFile(input, "image/jpeg", "jpg"));
    },
  });
  await withServer(app.fetch, async (address) => {
    const command = {
      prompt: "as ice",
      input_image_asset_url: "https://project.example/a",
      background: "transparent",
    };
    const { outputs } = await edit(`${address}/openai/v1`, command, context);
    const [picture] = await Promise.all(
      outputs.map(async (each) => readImage(await contentOf(each))),
    );
    assert.equal(picture?.hasTransparency, true);
  });
  assert.deepEqual(read, ["https://project.example/a"]);

  const [call] = await readCalls(app);
  assert.equal(call?.operation, "image-to-image");
  assert.equal(call.model, MODEL);
  const { image, ...fields } = call.request;
  assert.match(JSON.stringify(image), /"image\/jpeg"/);
  assert.match(JSON.stringify(image), new RegExp(`${input.length}`));
  assert.equal(fields["size"], "auto");
  assert.equal(fields["output_format"], "png");
  assert.equal(fields["safety_identifier"], END_USER);
});

Deno.test("an edit reserves memory once, for the answer", async () => {
  const app = createTestApp();
  const image = inputFile(
    await drawImage({ width: 64, height: 64, seed: "x", index: 0, format: "png" }),
    "image/png",
    "png",
  );
  const reserved: number[] = [];
  await withServer(app.fetch, async (address) => {
    const context = aCallContext({
      readAsset: () => Promise.resolve(image),
      reserveMemory: (bytes) => Promise.resolve(void reserved.push(bytes)),
    });
    const command = { input_image_asset_url: "https://x.example/i.png", prompt: "blue", n: 1 };
    await edit(
      `${address}/openai/v1`,
      { size: "1024x1024", quality: "standard", ...command },
      context,
    );
  });
  assert.equal(reserved.length, 1);
});
