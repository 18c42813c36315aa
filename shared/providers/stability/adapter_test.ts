import assert from "node:assert/strict";
import { readImage } from "../../../simulators/image_file.ts";
import { readCalls } from "../../../simulators/testing.ts";
import { END_USER } from "../../../testing/call_context.ts";
import { aPicture, described, inputFile, reads } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  API_KEY,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { bytesOf, exif, joined, jpegSegment } from "../../../testing/small_files.ts";
import { contentOf } from "../../../testing/streams.ts";

const picture = await aPicture();
const image = described("image.png", picture);
const input = { input_image_asset_url: "picture" };
const words = { prompt: "a clay robot" };
const look = {
  ...words,
  style_preset: "3d-model",
  negative_prompt: "blurry",
  seed: 7,
  output_format: "webp",
};

Deno.test("each call sends these fields and no others, and answers one picture", async (t) => {
  const square = { width: 640, height: 640 };
  const png = { mediaType: "image/png", hasTransparency: false };
  const webp = { mediaType: "image/webp", hasTransparency: false };
  const cases = [
    {
      operation: "text-to-image",
      parameters: words,
      request: { ...words, aspect_ratio: "1:1", output_format: "png" },
      model: "stable-image/generate/core",
      costUsd: 0.03,
      facts: { ...png, width: 1248, height: 1248 },
    },
    {
      operation: "text-to-image",
      parameters: { ...look, aspect_ratio: "16:9" },
      request: { ...look, aspect_ratio: "16:9" },
      model: "stable-image/generate/core",
      costUsd: 0.03,
      facts: { ...webp, width: 1680, height: 944 },
    },
    {
      operation: "image-to-image",
      parameters: { ...look, ...input },
      request: { ...look, fidelity: 0.8, aspect_ratio: "1:1", image },
      model: "stable-image/control/style",
      costUsd: 0.05,
      facts: { ...webp, width: 1024, height: 1024 },
    },
    {
      operation: "sketch-to-image",
      parameters: { ...look, input_sketch_asset_url: "picture" },
      request: { ...look, control_strength: 0.7, image },
      model: "stable-image/control/sketch",
      costUsd: 0.05,
      facts: { ...webp, ...square },
    },
    {
      operation: "remove-background",
      parameters: input,
      request: { output_format: "png", image },
      model: "stable-image/edit/remove-background",
      costUsd: 0.05,
      facts: { mediaType: "image/png", hasTransparency: true, ...square },
    },
    {
      operation: "search-and-recolor",
      parameters: { ...look, ...input, select_prompt: "the arm" },
      request: { ...look, select_prompt: "the arm", grow_mask: 3, image },
      model: "stable-image/edit/search-and-recolor",
      costUsd: 0.05,
      facts: { ...webp, ...square },
    },
  ] as const;
  for (const { operation, parameters, request, model, costUsd, facts } of cases) {
    await t.step(`${operation} by ${Object.keys(parameters).join(", ")}`, async () => {
      await withProvider("stability", {}, async ({ app, adapter }) => {
        const progress = await submit(adapter, operation, parameters, reads({ picture }));
        const { outputs, call } = succeeded(progress);
        const [purchase, ...more] = await readCalls(app);
        assert.deepEqual(purchase?.request, request);
        assert.deepEqual(more, []);
        assert.deepEqual(call, { model, costUsd, providerRequestId: purchase.request_id });
        const files = await Promise.all(outputs.map(contentOf));
        assert.deepEqual(await Promise.all(files.map(readImage)), [facts]);
      });
    });
  }
});

Deno.test("a result has the ratio that is nearest to the input's", async (t) => {
  const cases = [
    [640, 640, "1:1"],
    [1600, 900, "16:9"],
    [1000, 420, "21:9"],
    [900, 600, "3:2"],
    [800, 600, "5:4"],
    [600, 800, "4:5"],
    [600, 900, "2:3"],
    [900, 1600, "9:16"],
    [420, 1000, "9:21"],
  ] as const;
  for (const [width, height, ratio] of cases) {
    await t.step(`${width}x${height} becomes ${ratio}`, async () => {
      await withProvider("stability", {}, async ({ app, adapter }) => {
        const file = await aPicture({ width, height, format: "jpeg" });
        await submit(adapter, "image-to-image", { ...words, ...input }, reads({ picture: file }));
        const request = (await readCalls(app))[0]?.request;
        assert.equal(request?.["aspect_ratio"], ratio);
        assert.deepEqual(request["image"], described("image.jpg", file));
      });
    });
  }
});

Deno.test("a portrait that is stored lying stays a portrait", async () => {
  await withProvider("stability", {}, async ({ app, adapter }) => {
    const { bytes } = await aPicture({ width: 900, height: 600, format: "jpeg" });
    const turned = jpegSegment(0xe1, joined(bytesOf("Exif\0\0"), exif(6)));
    const photo = joined(bytes.slice(0, 2), turned, bytes.slice(2));
    const picture = inputFile(photo, "image/jpeg", "jpg");
    await submit(adapter, "image-to-image", { ...words, ...input }, reads({ picture }));
    assert.equal((await readCalls(app))[0]?.request["aspect_ratio"], "2:3");
  });
});

Deno.test("a filtered picture is a response, though it comes with a 200", async () => {
  await withProvider("stability", {}, async ({ app, adapter }) => {
    const prompt = "a clay robot sim:filtered";
    const { code, retryable, ambiguous, providerRequestId } = await failureOf(
      submit(adapter, "text-to-image", { prompt }),
    );
    assert.deepEqual([code, retryable, ambiguous], ["content_refused", false, false]);
    assert.equal(providerRequestId, (await readCalls(app))[0]?.request_id);
  });
});

const toModel = { input_image_asset_urls: ["picture"] };

Deno.test("a call tells our key, what it takes, and who stands behind it without telling who", async (t) => {
  for (
    const [operation, accept] of [["text-to-image", "image/*"], ["image-to-model", "*/*"]] as const
  ) {
    await t.step(operation, async () => {
      const told: (string | null)[] = [];
      const answer = ({ headers }: Request): Response => {
        told.push(
          ...["accept", "authorization", "stability-client-user-id"].map((name) =>
            headers.get(name)
          ),
        );
        return Response.json({ name: "unauthorized", errors: ["Wrong key"] }, { status: 401 });
      };
      await withServer(answer, async (address) => {
        const parameters = operation === "text-to-image" ? words : toModel;
        const call = submit(
          adapterAt("stability", address),
          operation,
          parameters,
          reads({ picture }),
        );
        const { message } = await failureOf(call);
        assert.ok(!message.includes(API_KEY));
      });
      assert.deepEqual(told, [accept, `Bearer ${API_KEY}`, END_USER]);
    });
  }
});
