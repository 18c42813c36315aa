import { WebIO } from "@gltf-transform/core";
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readImage } from "../image_file.ts";
import { describeFile } from "../ledger.ts";
import { createTestApp, pictureFile, readCalls } from "../testing.ts";
import {
  addressOf,
  minimalRequests,
  type Operation,
  operations,
  readImageBody,
  stabilityRequest,
} from "./testing.ts";

async function send(...order: Parameters<typeof stabilityRequest>): Promise<Response> {
  const [operation] = order;
  return await createTestApp().request(addressOf(operation), stabilityRequest(...order));
}

const wide = await pictureFile({ width: 160, height: 64, format: "webp" });

const pictures: readonly (readonly [
  order: Parameters<typeof stabilityRequest>,
  size: readonly [number, number],
  mediaType: string,
])[] = [
  [["text-to-image"], [1248, 1248], "image/png"],
  [["text-to-image", { aspect_ratio: "16:9", output_format: "webp" }], [1680, 944], "image/webp"],
  [["text-to-image", { aspect_ratio: "9:21", output_format: "webp" }], [816, 1920], "image/webp"],
  [["image-to-image", { image: wide }], [1024, 1024], "image/png"],
  [
    ["image-to-image", { aspect_ratio: "2:3", output_format: "jpeg", fidelity: "0" }],
    [832, 1248],
    "image/jpeg",
  ],
  [["sketch-to-image", { image: wide, control_strength: "1" }], [160, 64], "image/png"],
  [["search-and-recolor", { image: wide, grow_mask: "20" }], [160, 64], "image/png"],
  [["remove-background", { image: wide }], [160, 64], "image/png"],
  [["remove-background", { output_format: "webp" }], [64, 64], "image/webp"],
];

Deno.test("pictures come in the documented size and the asked format", async (t) => {
  for (const [order, [width, height], mediaType] of pictures) {
    await t.step(`${order[0]}, ${width}x${height}, ${mediaType}`, async () => {
      const response = await send(...order);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("content-type"), mediaType);
      assert.equal(response.headers.get("finish-reason"), "SUCCESS");
      assert.match(response.headers.get("seed") ?? "", /^[1-9]\d*$/);
      assert.match(response.headers.get("x-request-id") ?? "", /^[0-9a-f]{32}$/);
      assert.deepEqual(await readImage(await response.bytes()), {
        mediaType,
        width,
        height,
        hasTransparency: order[0] === "remove-background",
      });
    });
  }
});

Deno.test("JSON carries what else is in the headers", async () => {
  const accept = { accept: "application/json" };
  const changes = { seed: "343940597", output_format: "webp" };
  const response = await send("sketch-to-image", changes, accept);
  assert.equal(response.headers.get("content-type"), "application/json; type=image/webp");
  assert.equal(response.headers.has("finish-reason"), false);
  assert.equal(response.headers.has("seed"), false);
  const { image, finish_reason, seed } = await readImageBody(response);
  assert.deepEqual([finish_reason, seed], ["SUCCESS", 343940597]);
  const facts = await readImage(new Uint8Array(Buffer.from(image, "base64")));
  assert.equal(facts?.mediaType, "image/webp");
});

Deno.test("a model is a GLB, whatever is accepted, and nothing else is told about it", async (t) => {
  for (const accept of ["*/*", "application/json", "image/*"]) {
    await t.step(accept, async () => {
      const response = await send("image-to-model", { seed: "1" }, { accept });
      assert.equal(response.headers.get("content-type"), "model/gltf-binary");
      for (const name of ["finish-reason", "seed", "x-request-id"]) {
        assert.equal(response.headers.has(name), false, name);
      }
      const document = await new WebIO().readBinary(await response.bytes());
      assert.equal(document.getRoot().listMeshes().length, 1);
    });
  }
});

Deno.test("a seed repeats a result, and no seed makes another each time", async (t) => {
  for (const operation of ["sketch-to-image", "image-to-model"] as const) {
    await t.step(operation, async () => {
      const draw = async (seed?: string): Promise<string> =>
        Buffer.from(await (await send(operation, { seed })).bytes()).toString("base64");
      assert.equal(await draw("4294967294"), await draw("4294967294"));
      assert.notEqual(await draw("4294967294"), await draw("1"));
      assert.notEqual(await draw("0"), await draw("0"));
      assert.notEqual(await draw(), await draw());
    });
  }
});

Deno.test("a result depends on the prompt and the input", async () => {
  const draw = async (changes: Record<string, string | File>): Promise<Uint8Array> =>
    await (await send("sketch-to-image", { seed: "1", ...changes })).bytes();
  const original = await draw({});
  assert.notDeepEqual(await draw({ prompt: "a clay cactus" }), original);
  assert.notDeepEqual(await draw({ image: await pictureFile({ index: 1 }) }), original);
});

Deno.test("every operation is in the ledger with its fields and without its bytes", async (t) => {
  const models: Record<Operation, string> = {
    "text-to-image": "stable-image/generate/core",
    "image-to-image": "stable-image/control/style",
    "sketch-to-image": "stable-image/control/sketch",
    "remove-background": "stable-image/edit/remove-background",
    "search-and-recolor": "stable-image/edit/search-and-recolor",
    "image-to-model": "3d/stable-point-aware-3d",
  };
  for (const operation of operations) {
    await t.step(operation, async () => {
      const app = createTestApp();
      const response = await app.request(addressOf(operation), stabilityRequest(operation));
      await response.body?.cancel();
      const [call, ...others] = await readCalls(app);
      assert.deepEqual(others, []);
      const { texts, image } = minimalRequests[operation];
      assert.deepEqual(call, {
        id: call?.id,
        provider: "stability",
        operation,
        model: models[operation],
        request: image === undefined ? texts : {
          ...texts,
          image: describeFile(image.name, image.type, await image.bytes()),
        },
        request_id: response.headers.get("x-request-id") ?? call?.request_id,
        accepted_at: "2026-11-23T12:00:00.000Z",
      });
    });
  }
});

Deno.test("numbers are numbers in the ledger, and the texture's side is the text it was", async () => {
  const app = createTestApp();
  const numbers = {
    foreground_ratio: 1.18,
    target_count: 10_000,
    guidance_scale: 2.5,
    seed: 4_294_967_294,
  };
  const texts = { texture_resolution: "2048", remesh: "quad", target_type: "face" };
  const changes = Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, String(v)]));
  const request = stabilityRequest("image-to-model", { ...changes, ...texts });
  assert.equal((await app.request(addressOf("image-to-model"), request)).status, 200);
  const [call] = await readCalls(app);
  const { image: _, ...record } = call?.request ?? {};
  assert.deepEqual(record, { ...numbers, ...texts });
});
