import assert from "node:assert/strict";
import { readCalls } from "../../../simulators/testing.ts";
import { aPicture, described, reads } from "../../../testing/input_files.ts";
import { submit, succeeded, withProvider } from "../../../testing/simulated_provider.ts";
import { contentOf } from "../../../testing/streams.ts";

const picture = await aPicture();
const image = described("image.png", picture);
const toModel = { input_image_asset_urls: ["picture"] };

Deno.test("a picture becomes a model, with these fields and no others", async (t) => {
  const plain = { texture_resolution: "1024", remesh: "none", guidance_scale: 3 };
  const full = { texture_resolution: 512, remesh: "quad", guidance_scale: 2, seed: 7 };
  const target = { target_type: "face", target_count: 5_000 };
  const cases = {
    "without options": [{}, { ...plain, foreground_ratio: 1.3 }],
    "without what the service does not have": [
      { prompt: "words", target_count: 5_000 },
      { ...plain, foreground_ratio: 1.3 },
    ],
    "with all options": [
      { ...full, ...target, foreground_ratio: 0.85 },
      { ...full, ...target, texture_resolution: "512", foreground_ratio: 1.18 },
    ],
  } as const;
  for (const [name, [options, fields]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await withProvider("stability", {}, async ({ app, adapter }) => {
        const parameters = { ...toModel, ...options };
        const progress = await submit(adapter, "image-to-model", parameters, reads({ picture }));
        const { outputs: [output], call } = succeeded(progress);
        assert.deepEqual((await readCalls(app))[0]?.request, { ...fields, image });
        const model = "3d/stable-point-aware-3d";
        // The service gives no id here.
        assert.deepEqual(call, { model, costUsd: 0.04, providerRequestId: undefined });
        assert.ok(output);
        const file = await contentOf(output);
        assert.equal(new TextDecoder().decode(file.subarray(0, 4)), "glTF");
        assert.equal(new DataView(file.buffer).getUint32(8, true), file.length);
      });
    });
  }
});

Deno.test("the share of the frame becomes the frame by the object", async (t) => {
  for (const [share, ratio] of [[0, 1.3], [0.4, 2], [0.5, 2], [0.85, 1.18], [1, 1]]) {
    await t.step(`${share} is ${ratio}`, async () => {
      await withProvider("stability", {}, async ({ app, adapter }) => {
        const parameters = { ...toModel, foreground_ratio: share };
        await submit(adapter, "image-to-model", parameters, reads({ picture }));
        assert.equal((await readCalls(app))[0]?.request["foreground_ratio"], ratio);
      });
    });
  }
});
