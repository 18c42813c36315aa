import assert from "node:assert/strict";
import { readImage } from "../../../simulators/image_file.ts";
import { maskFile } from "../../../simulators/recraft/testing.ts";
import { readCalls } from "../../../simulators/testing.ts";
import { aPicture, described, inputFile, reads } from "../../../testing/input_files.ts";
import { failureOf } from "../../../testing/provider_failures.ts";
import { withServer } from "../../../testing/serve.ts";
import {
  adapterAt,
  API_KEY,
  poll,
  running,
  submit,
  succeeded,
  withProvider,
} from "../../../testing/simulated_provider.ts";
import { bytesOf } from "../../../testing/streams.ts";

const picture = await aPicture({ width: 256, height: 256 });
const mask = inputFile(await (await maskFile()).bytes(), "image/png", "png");
const image = described("image.png", picture);
const files = reads({ picture, mask });

const words = { prompt: "a clay robot" };
const input = { input_image_asset_url: "picture" };
const drawn = { n: 1, model: "recraftv3", style: "realistic_image" };
const result = { response_format: "url", image_format: "png" };
const square = { width: 1024, height: 1024 };
const small = { width: 256, height: 256 };

Deno.test("each call sends these fields and no others, and leads to as many pictures", async (t) => {
  const cases = [
    {
      operation: "text-to-image",
      parameters: words,
      request: { ...words, ...drawn, ...result, size: "1:1" },
      costUsd: 0.04,
      sizes: [square],
    },
    {
      operation: "text-to-image",
      parameters: {
        ...words,
        n: 2,
        model: "recraftv4_1",
        style: "realistic_image",
        size: "1280x832",
        response_format: "b64_json",
      },
      request: { ...words, ...result, n: 2, model: "recraftv4_1", size: "1280x832" },
      costUsd: 0.07,
      sizes: [{ width: 1280, height: 832 }, { width: 1280, height: 832 }],
    },
    {
      operation: "image-to-image",
      parameters: {
        ...words,
        ...input,
        strength: 0.333,
        negative_prompt: "blurry",
        substyle: "hdr",
      },
      request: {
        ...words,
        ...drawn,
        ...result,
        strength: 0.33,
        negative_prompt: "blurry",
        substyle: "hdr",
        image,
      },
      costUsd: 0.04,
      sizes: [small],
    },
    {
      operation: "image-inpaint",
      parameters: { ...words, ...input, input_mask_asset_url: "mask", n: 2 },
      request: { ...words, ...drawn, ...result, n: 2, image, mask: described("mask.png", mask) },
      costUsd: 0.08,
      sizes: [small, small],
    },
    {
      operation: "remove-background",
      parameters: { ...input, response_format: "b64_json" },
      request: { ...result, image },
      costUsd: 0.01,
      sizes: [small],
    },
  ] as const;
  for (const { operation, parameters, request, costUsd, sizes } of cases) {
    await t.step(`${operation} by ${Object.keys(parameters).join(", ")}`, async () => {
      await withProvider("recraft", {}, async ({ app, adapter, seen }) => {
        const accepted = running(await submit(adapter, operation, parameters, files));
        const [purchase, ...more] = await readCalls(app);
        assert.deepEqual(purchase?.request, request);
        assert.deepEqual(more, []);
        const { costUsd: cost, ...call } = accepted.call;
        assert.deepEqual(call, { model: purchase.model, providerRequestId: purchase.request_id });
        assert.ok(Math.abs((cost ?? 0) - costUsd) < 1e-9, String(cost));
        assert.equal(accepted.pollAfterSeconds, 0);

        const { outputs, call: nothing } = succeeded(await poll(adapter, accepted));
        assert.deepEqual(nothing, {});
        const pictures = await Promise.all(outputs.map(async (output) => {
          const { mediaType, width, height } = await readImage(
            await bytesOf((await output.open()).body),
          ) ?? {};
          return { mediaType, width, height };
        }));
        const expected = sizes.map((size) => ({ mediaType: "image/png", ...size }));
        assert.deepEqual(pictures, expected);

        const [call1, ...downloads] = seen;
        assert.equal(call1?.carriesKey, true);
        assert.equal(downloads.length, sizes.length);
        assert.ok(downloads.every(({ method, carriesKey }) => method === "GET" && !carriesKey));
      });
    });
  }
});

Deno.test("a vector style leads to a drawing, whatever format was asked for", async () => {
  await withProvider("recraft", {}, async ({ app, adapter }) => {
    const parameters = { ...words, style: "vector_illustration", substyle: "cyberpunk" };
    const accepted = running(await submit(adapter, "text-to-image", parameters));
    const request = (await readCalls(app))[0]?.request;
    assert.equal(request?.["style"], "vector_illustration");
    assert.equal(request["substyle"], undefined);
    const { outputs: [output] } = succeeded(await poll(adapter, accepted));
    assert.ok(output);
    assert.match(new TextDecoder().decode(await bytesOf((await output.open()).body)), /^<svg /);
  });
});

Deno.test("a style of one's own takes the place of the others", async () => {
  await withProvider("recraft", {}, async ({ app, adapter }) => {
    const style_id = "12345678-1234-4234-8234-123456789012";
    const parameters = { ...words, style_id, style: "realistic_image", substyle: "hdr" };
    await submit(adapter, "text-to-image", parameters);
    const { style_id: sent, style, substyle } = (await readCalls(app))[0]?.request ?? {};
    assert.deepEqual([sent, style, substyle], [style_id, undefined, undefined]);
  });
});

Deno.test("a result is fetched again without a new call, for a day", async () => {
  await withProvider("recraft", {}, async ({ app, adapter, clock }) => {
    const accepted = running(await submit(adapter, "text-to-image", words));
    const fetchOnce = async (): Promise<number> => {
      const { outputs: [output] } = succeeded(await poll(adapter, accepted));
      assert.ok(output);
      return (await bytesOf((await output.open()).body)).length;
    };
    const length = await fetchOnce();
    clock.pass(23 * 60 * 60 * 1_000);
    assert.equal(await fetchOnce(), length);
    clock.pass(60 * 60 * 1_000);
    assert.equal((await failureOf(fetchOnce())).code, "invalid_result");
    assert.equal((await readCalls(app)).length, 1);
  });
});

Deno.test("a result on a foreign host is not fetched", async () => {
  const adapter = adapterAt("recraft", "http://127.0.0.1:9");
  const handle = JSON.stringify(["https://img.recraft.ai.example/1.png"]);
  const { outputs: [output] } = succeeded(await poll(adapter, { handle }));
  assert.ok(output);
  const { code, final, unlistedHost } = await failureOf(output.open());
  assert.deepEqual([code, final, unlistedHost], [
    "provider_unavailable",
    false,
    "img.recraft.ai.example",
  ]);
});

Deno.test("a failure keeps the provider's id of the call and never our key", async () => {
  const headers = { "x-recraft-requestid": "request-7" };
  const refuse = (): Response => new Response("request unauthorized", { status: 401, headers });
  await withServer(refuse, async (address) => {
    const call = submit(adapterAt("recraft", address), "text-to-image", words);
    const { message, providerRequestId } = await failureOf(call);
    assert.equal(providerRequestId, "request-7");
    assert.ok(!message.includes(API_KEY));
  });
});
