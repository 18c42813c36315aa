import { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { readImage } from "../image_file.ts";
import { createTestApp, pictureFile, readCalls } from "../testing.ts";
import { base64Picture, edit, FLUX_2, KONTEXT, KONTEXT_MAX, run } from "./testing.ts";

const small = await base64Picture();
const wide = await base64Picture({ width: 128, height: 64 });

async function download(
  app: Hono,
  path: string,
  body: unknown,
): Promise<Uint8Array<ArrayBuffer>> {
  const { status, result } = await run(app, path, body);
  assert.equal(status, "Ready");
  return await (await app.request(result?.sample ?? "")).bytes();
}

Deno.test("pictures have the size and format that was asked for", async (t) => {
  const cases: Readonly<
    Record<
      string,
      readonly [path: string, body: Record<string, unknown>, type: string, w: number, h: number]
    >
  > = {
    "kontext alone": [KONTEXT, {}, "png", 1024, 1024],
    "kontext max": [KONTEXT_MAX, { aspect_ratio: "1:1" }, "png", 1024, 1024],
    "16:9": [KONTEXT, { aspect_ratio: "16:9", output_format: "jpeg" }, "jpeg", 1360, 768],
    "9:16": [KONTEXT, { aspect_ratio: "9:16", output_format: "webp" }, "webp", 768, 1360],
    "21:9": [KONTEXT, { aspect_ratio: "21:9" }, "png", 1568, 672],
    "the input's shape": [KONTEXT, { input_image: wide }, "png", 1456, 720],
    "a ratio comes before the input's shape": [
      KONTEXT,
      { input_image: wide, aspect_ratio: "1:1" },
      "png",
      1024,
      1024,
    ],
    "flux-2 alone": [FLUX_2, {}, "jpeg", 1024, 1024],
    "flux-2 with a size": [
      FLUX_2,
      { width: 64, height: 128, output_format: "png" },
      "png",
      64,
      128,
    ],
    "flux-2, the input's shape": [
      FLUX_2,
      { input_image: wide, width: 0, height: 0 },
      "jpeg",
      1456,
      720,
    ],
    "flux-2 knows no ratio": [FLUX_2, { aspect_ratio: "16:9" }, "jpeg", 1024, 1024],
    "kontext knows no width": [KONTEXT, { width: 64, height: 64 }, "png", 1024, 1024],
  };
  for (const [name, [path, body, type, width, height]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const file = await download(createTestApp(), path, { ...edit, ...body });
      assert.deepEqual(await readImage(file), {
        mediaType: `image/${type}`,
        width,
        height,
        hasTransparency: false,
      });
    });
  }
});

Deno.test("pictures depend on model, prompt, seed and inputs", async () => {
  const app = createTestApp();
  const bodies = [
    edit,
    { prompt: "make it red" },
    { ...edit, seed: 7 },
    { ...edit, input_image: small },
    { ...edit, input_image: small, input_image_2: wide },
  ];
  const files = new Set<string>();
  for (const body of bodies) {
    const sized = { width: 64, height: 64, ...body };
    files.add((await download(app, FLUX_2, sized)).toBase64());
  }
  assert.equal(files.size, bodies.length);
  const again = await download(app, FLUX_2, { width: 64, height: 64, ...edit });
  assert.ok(files.has(again.toBase64()));
});

Deno.test("what stands at the bounds is accepted", async (t) => {
  const cases: Readonly<Record<string, readonly [path: string, body: Record<string, unknown>]>> = {
    "tolerance 0": [KONTEXT, { safety_tolerance: 0 }],
    "tolerance 6 of kontext": [KONTEXT, { safety_tolerance: 6 }],
    "tolerance 5 of flux-2": [FLUX_2, { safety_tolerance: 5 }],
    "9:21": [KONTEXT, { aspect_ratio: "9:21" }],
    "a ratio off every list": [KONTEXT, { aspect_ratio: "100:99" }],
    "nulls": [KONTEXT, {
      aspect_ratio: null,
      output_format: null,
      seed: null,
      input_image: null,
      webhook_url: null,
    }],
    "4 megapixels": [FLUX_2, { width: 2048, height: 2048 }],
    "eight inputs": [FLUX_2, { input_image_8: small }],
    "fields that nobody knows": [KONTEXT, { task_id: "t", provider: "flux" }],
    "a fifth input of kontext, which is ignored": [KONTEXT, { input_image_5: "nonsense" }],
    "an empty prompt": [KONTEXT, { prompt: "" }],
  };
  for (const [name, [path, changes]] of Object.entries(cases)) {
    await t.step(name, async () => {
      assert.equal((await run(createTestApp(), path, { ...edit, ...changes })).status, "Ready");
    });
  }
});

Deno.test("inputs are fetched from their addresses", async () => {
  const png = await (await pictureFile({ width: 128, height: 64 })).bytes();
  const files = new Hono().get("/cat.png", () => new Response(png));
  await withServer(files.fetch, async (address) => {
    const app = createTestApp();
    await run(app, KONTEXT, { ...edit, input_image: `${address}/cat.png?token=1` });
    const [call] = await readCalls(app);
    assert.deepEqual(Object.entries(call?.request["input_image"] ?? {})[0], ["name", "cat.png"]);
  });
});

Deno.test("calls cost what the table of prices says, told with the result", async (t) => {
  const one = { input_image: await base64Picture({ width: 1024, height: 1024 }) };
  const cases: Readonly<
    Record<string, readonly [cost: number, path: string, body: Record<string, unknown>]>
  > = {
    "kontext pro": [4, KONTEXT, one],
    "kontext max": [8, KONTEXT_MAX, one],
    "flux-2, 1 megapixel": [3, FLUX_2, {}],
    "flux-2, 1 megapixel edited": [4.5, FLUX_2, one],
    "flux-2, 4 megapixels": [7.5, FLUX_2, { width: 2048, height: 2048 }],
  };
  for (const [name, [cost, path, body]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const app = createTestApp();
      assert.equal((await run(app, path, { ...edit, ...body })).cost, cost);
      const response = await app.request("/flux/v1/credits", {
        headers: { "x-key": "bfl-simulated" },
      });
      assert.deepEqual(await response.json(), { credits: 1_000_000 - cost });
    });
  }
});

Deno.test("a purchase is in the ledger with its job's id, and without key and bytes", async (t) => {
  const file = await pictureFile();
  const cases = {
    "text-to-image": { path: FLUX_2, body: edit, model: "flux-2-pro", request: edit },
    "image-to-image": {
      path: KONTEXT,
      body: { ...edit, input_image: small, width: 5 },
      model: "flux-kontext-pro",
      request: {
        ...edit,
        width: 5,
        input_image: {
          name: "",
          media_type: "image/png",
          size: file.size,
          sha256: new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()))
            .toHex(),
        },
      },
    },
  };
  for (const [operation, { path, body, model, request }] of Object.entries(cases)) {
    await t.step(operation, async () => {
      const app = createTestApp();
      const { id } = await run(app, path, body);
      const [call, ...others] = await readCalls(app);
      assert.deepEqual(others, []);
      assert.deepEqual(call, {
        id: call?.id,
        provider: "flux",
        operation,
        model,
        request,
        request_id: id,
        accepted_at: "2026-11-23T12:00:00.000Z",
      });
      assert.equal(JSON.stringify(call).includes("bfl-simulated"), false);
    });
  }
});
