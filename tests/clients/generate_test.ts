import assert from "node:assert/strict";
import {
  createMakeIt3D,
  GenerationFailedError,
  RefusedError,
  type Task,
} from "../../client/mod.ts";
import { drawImage } from "../../simulators/images.ts";
import { SEED } from "../../tools/local/stack/settings.ts";
import { signIn } from "../support/client.ts";
import { purchasesOf, withFaults } from "../support/simulator.ts";
import { anApp, aPrompt } from "./support/an_app.ts";

const png = await drawImage({ width: 512, height: 512, seed: "x", index: 0, format: "png" });

Deno.test("one call makes an image, tells its states, and leaves nothing pending", async () => {
  const { client, device } = await anApp();
  const prompt = aPrompt();
  const seen: Task[] = [];
  const request = { provider: "openai", prompt, n: 2 } as const;
  const result = await client.generate("text-to-image", request, { onUpdate: (t) => seen.push(t) });
  assert.equal(result.status, "complete");
  assert.equal(result.operation, "text-to-image");
  assert.equal(result.assets.length, 2);
  for (const { url, mediaType, bytes, width } of result.assets) {
    assert.equal(mediaType, "image/png");
    assert.ok((bytes ?? 0) > 1_000 && (width ?? 0) >= 1_024);
    const image = await fetch(url);
    assert.equal(image.headers.get("content-type"), "image/png");
    await image.body?.cancel();
  }
  assert.equal(seen.at(-1)?.status, "complete");
  assert.equal(new Set(seen.map(({ id }) => id)).size, 1);
  assert.equal(await purchasesOf(prompt), 1);
  assert.equal(device.pending, 0);
});

Deno.test("an app's own supabase-js client is all it takes", async () => {
  const { supabase } = await signIn();
  const client = createMakeIt3D({ supabase, apiKey: SEED.apiKey });
  const photo = new File([png], "photo.png", { type: "image/png" });
  const image = await client.generate("remove-background", { provider: "stability", image: photo });
  // A result is a file for the next request.
  const [image0] = image.assets;
  assert.ok(image0);
  const model = await client.generate("image-to-model", {
    provider: "tripo",
    images: [image0, null, photo],
  });
  assert.match(model.assets[0]?.url ?? "", /\.glb$/);
});

Deno.test("a file is whatever a platform hands out", async (t) => {
  const { client } = await anApp();
  const bytes = png.buffer.slice(png.byteOffset, png.byteOffset + png.byteLength);
  const file = await Deno.makeTempFile({ suffix: ".png" });
  await Deno.writeFile(file, png);
  const view = new Uint8Array(png.length + 10);
  view.set(png, 5);
  const files = {
    "a File": new File([png], "a.png", { type: "image/png" }),
    "a Blob": new Blob([png]),
    "an ArrayBuffer": bytes,
    "a view of a part": view.subarray(5, 5 + png.length),
    "what has an arrayBuffer": {
      arrayBuffer: () => Promise.resolve(bytes),
      uri: "file:///nowhere",
    },
    "a Response": new Response(png),
    "what Expo's image picker hands out": {
      uri: `file://${file}`,
      type: "image",
      fileName: null,
      mimeType: "image/png",
    },
    "what a picker of React Native hands out": {
      uri: `file://${file}`,
      name: "a.png",
      type: "image/png",
    },
    "a file: address": `file://${file}`,
    "a URL": new URL(`file://${file}`),
    "a data: address": `data:image/png;base64,${btoa(String.fromCharCode(...png))}`,
    "what was uploaded before": await client.upload(new Blob([png])),
  };
  try {
    for (const [name, image] of Object.entries(files)) {
      await t.step(name, async () => {
        const request = { provider: "stability", image } as const;
        const { warnings } = await client.estimate("remove-background", request);
        assert.deepEqual(warnings, []);
      });
    }
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a failed task is an error with its code, and whether it is billed", async () => {
  const { client, device } = await anApp();
  const prompt = aPrompt();
  const fault = { kind: "refused", times: 1 };
  await withFaults([fault], async () => {
    await assert.rejects(
      client.generate("text-to-image", { provider: "openai", prompt }),
      (error) => {
        assert.ok(error instanceof GenerationFailedError, String(error));
        assert.equal(error.code, "content_refused");
        assert.deepEqual([error.isRetryable, error.billed], [false, "no"]);
        return true;
      },
    );
  });
  assert.equal(device.pending, 0);
});

Deno.test("a refused request names its field, and nothing is kept", async () => {
  const { client, device } = await anApp();
  // As an app in JavaScript may write it.
  const request = { provider: "openai", prompt: "x", n: 400 } as const;
  await assert.rejects(client.generate("text-to-image", request), (error) => {
    assert.ok(error instanceof RefusedError, String(error));
    assert.equal(error.code, "invalid_request");
    assert.equal(error.fields[0]?.field, "n");
    assert.ok(error.requestId);
    return true;
  });
  assert.equal(device.pending, 0);
});

Deno.test("an estimate buys nothing, an account tells what is left, a task can be removed", async () => {
  const { client } = await anApp();
  const prompt = aPrompt();
  const estimate = await client.estimate("text-to-image", { provider: "openai", prompt });
  assert.ok(estimate.estimateUsd > 0);
  assert.equal(await purchasesOf(prompt), 0);
  const before = await client.account();
  assert.equal(before.images.used, 0);
  const { id } = await client.generate("text-to-image", { provider: "openai", prompt });
  assert.equal((await client.account()).images.used, 1);
  assert.equal((await client.get(id)).status, "complete");
  assert.equal((await client.follow(id).result()).id, id);
  await assert.rejects(client.cancel(id), { code: "task_is_final" });
  assert.equal((await client.remove(id)).billed, "yes");
  await assert.rejects(client.get(id), { code: "not_found", isRetryable: false });
});
