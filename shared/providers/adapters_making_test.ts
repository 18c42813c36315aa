/** What a provider tells of how it made a result, and the picture it has of a model. */
import assert from "node:assert/strict";
import { SEED } from "../../testing/call_context.ts";
import { aPicture, reads } from "../../testing/input_files.ts";
import { generate } from "../../testing/openai_calls.ts";
import { withServer } from "../../testing/serve.ts";
import {
  adapterAt,
  poll,
  running,
  submit,
  succeeded,
  withProvider,
} from "../../testing/simulated_provider.ts";
import { bytesOf } from "../../testing/streams.ts";
import type { Succeeded } from "./adapter.ts";

const { signal } = new AbortController();
const files = reads({ picture: await aPicture() });

Deno.test("OpenAI tells the prompt as its model was given it, if at all", async (t) => {
  const picture = { b64_json: "aGVsbG8=" };
  const cases: readonly (readonly [data: readonly unknown[], told: string | undefined])[] = [
    [[picture], undefined],
    [[{ ...picture, revised_prompt: "Two violet cats" }], "Two violet cats"],
    [[picture, { ...picture, revised_prompt: "The other" }], "The other"],
    [[{ ...picture, revised_prompt: null }], undefined],
    [[{ ...picture, revised_prompt: 3 }], undefined],
  ];
  for (const [data, told] of cases) {
    await t.step(JSON.stringify(data), async () => {
      await withServer(() => Response.json({ data }), async (address) => {
        const { making, outputs } = await generate(address);
        assert.deepEqual([making?.revisedPrompt, outputs.length], [told, data.length]);
      });
    });
  }
});

Deno.test("Stability tells the seed of a picture in a header", async (t) => {
  const cases = { "42": 42, "0": 0, "4294967294": 4_294_967_294, "": undefined, "1.5": undefined };
  for (const [seed, told] of Object.entries(cases)) {
    await t.step(seed || "not at all", async () => {
      const answer = (): Response => new Response("picture", { headers: seed ? { seed } : {} });
      await withServer(answer, async (address) => {
        const progress = await submit(adapterAt("stability", address), "text-to-image", {
          prompt: "a hat",
        });
        assert.equal(succeeded(progress).making?.seed, told);
      });
    });
  }
});

Deno.test("Flux tells the seed with the result", async () => {
  await withProvider("flux", {}, async ({ adapter }) => {
    const parameters = { prompt: "make it blue", input_image_asset_url: "picture" };
    const accepted = running(await submit(adapter, "image-to-image", parameters, files));
    assert.ok(Number.isInteger(succeeded(await poll(adapter, accepted)).making?.seed));
  });
});

/** What comes of a task of Tripo's that the service shows like this. */
async function ofTripo(task: Readonly<Record<string, unknown>>): Promise<Succeeded> {
  const answer = (request: Request): Response => {
    const data = { status: "success", ...task };
    return request.url.endsWith("/tasks/list")
      ? Response.json({ code: 0, data: { tasks: { job: data }, missed: [] } })
      : Response.json({ code: 0, data });
  };
  let found: Succeeded | undefined;
  await withServer(answer, async (address) => {
    found = succeeded(await poll(adapterAt("tripo", address), { handle: "job" }));
  });
  assert.ok(found);
  return found;
}

Deno.test("Tripo repeats the seed that we gave it", async () => {
  const output = { model_url: "https://files.example/model.glb" };
  const seedOf = async (input: unknown): Promise<number | undefined> =>
    (await ofTripo({ output, input })).making?.seed;
  assert.equal(await seedOf({ model_seed: 7 }), 7);
  assert.equal(await seedOf({ texture_seed: 8 }), 8);
  assert.equal(await seedOf({ model_seed: "7" }), undefined);
  assert.equal(await seedOf(undefined), undefined);
});

Deno.test("Tripo has a picture of each model, which is fetched when it is asked for", async (t) => {
  await t.step("the service's own", async () => {
    await withProvider("tripo", {}, async ({ adapter, seen }) => {
      const accepted = running(await submit(adapter, "text-to-model", { prompt: "a hat" }));
      const { preview, making } = succeeded(await poll(adapter, accepted));
      assert.equal(making?.seed, SEED);
      assert.ok(!seen.some(({ path }) => path.endsWith("preview.webp")));
      assert.equal(preview?.kind, "output");
      const { body } = await preview.open(signal);
      assert.equal(new TextDecoder().decode((await bytesOf(body)).subarray(8, 12)), "WEBP");
    });
  });
  const model_url = "https://files.example/model.glb";
  const picture = "https://files.example/preview.webp";
  const outputs: Readonly<Record<string, readonly [output: unknown, hasPreview: boolean]>> = {
    "under its older name": [{ model_url, rendered_image: picture }, true],
    "none": [{ model_url }, false],
    "no address": [{ model_url, rendered_image_url: "preview" }, false],
    "null": [{ model_url, rendered_image_url: null }, false],
  };
  for (const [name, [output, hasPreview]] of Object.entries(outputs)) {
    await t.step(name, async () => {
      const { preview, outputs: models } = await ofTripo({ output });
      assert.deepEqual([preview !== undefined, models.length], [hasPreview, 1]);
    });
  }
});

Deno.test("a model of Stability is known by its input", async () => {
  await withProvider("stability", {}, async ({ adapter }) => {
    const parameters = { input_image_asset_urls: ["picture"] };
    const progress = await submit(adapter, "image-to-model", parameters, files);
    assert.deepEqual(succeeded(progress).preview, { kind: "input", url: "picture" });
    const image = await submit(
      adapter,
      "remove-background",
      { input_image_asset_url: "picture" },
      files,
    );
    assert.equal(succeeded(image).preview, undefined);
  });
});
