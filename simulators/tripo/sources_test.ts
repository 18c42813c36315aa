import { Hono } from "hono";
import assert from "node:assert/strict";
import { withServer } from "../../testing/serve.ts";
import { buildModel } from "../models.ts";
import { createTestApp, jsonRequest, pictureFile, readCalls } from "../testing.ts";
import {
  fromImage,
  IMAGE_TO_MODEL,
  imageFile,
  MODEL,
  readRefusal,
  readTaskId,
  TEXTURE,
  upload,
} from "./testing.ts";

/** Somebody's files, as a public storage serves them. */
async function createFileServer(): Promise<Hono> {
  const png = await (await imageFile()).bytes();
  const webp = await (await pictureFile({ width: 256, height: 256, format: "webp" })).bytes();
  const model = await buildModel({ seed: "input" });
  const app = new Hono();
  app.get("/robot.png", () => new Response(png));
  app.get("/robot.webp", () => new Response(webp));
  app.get("/robot.glb", () => new Response(model));
  app.get("/page.png", (c) => c.html("<html></html>"));
  app.get("/large.png", () => new Response(endless(png)));
  return app;
}

function endless(beginning: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(beginning),
    pull: (controller) => controller.enqueue(new Uint8Array(8 << 20)),
  });
}

Deno.test("inputs are fetched, and what is no picture is refused", async (t) => {
  await withServer((await createFileServer()).fetch, async (address) => {
    const app = createTestApp();
    const submit = async (path: string, url: string): Promise<Response> => {
      const body = path === TEXTURE ? { texture_prompt: { text: "stone" } } : { model: MODEL };
      return await app.request(path, jsonRequest({ input: url, ...body }));
    };
    for (const name of ["robot.png", "robot.webp"]) {
      await t.step(name, async () => {
        await readTaskId(await submit(IMAGE_TO_MODEL, `${address}/${name}?token=1`));
        const [call] = (await readCalls(app)).toReversed();
        const { input } = call?.request ?? {};
        assert.ok(typeof input === "object" && input !== null && "name" in input);
        assert.equal(input.name, name);
      });
    }
    await t.step("a model", async () => {
      await readTaskId(await submit(TEXTURE, `${address}/robot.glb`));
    });
    const refused = {
      "a page": [IMAGE_TO_MODEL, "page.png"],
      "a file without an end": [IMAGE_TO_MODEL, "large.png"],
      "no file": [IMAGE_TO_MODEL, "none.png"],
      "a model in the place of a picture": [IMAGE_TO_MODEL, "robot.glb"],
      "a picture in the place of a model": [TEXTURE, "robot.png"],
    } as const;
    for (const [name, [path, file]] of Object.entries(refused)) {
      await t.step(name, async () => {
        assert.deepEqual(await readRefusal(await submit(path, `${address}/${file}`)), [400, 1004]);
      });
    }
    await t.step("nobody there", async () => {
      const response = await submit(IMAGE_TO_MODEL, "http://127.0.0.1:1/robot.png");
      assert.deepEqual(await readRefusal(response), [400, 1004]);
    });
  });
});

Deno.test("V2's way to name a file still works", async () => {
  const app = createTestApp();
  const file = { type: "png", file_token: await upload(app, await imageFile()) };
  const request = jsonRequest({ ...fromImage, input: undefined, file });
  await readTaskId(await app.request(IMAGE_TO_MODEL, request));
});
