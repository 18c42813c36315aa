import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { errorBody } from "../../shared/contract/responses.ts";
import { followToEnd, headersOf, newTaskId, post, signIn, submitTo } from "../support/client.ts";
import { effectsOf } from "../support/effects.ts";
import { upload } from "../support/inputs.ts";
import { readPurchases } from "../support/simulator.ts";

async function fileNamed(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return await Deno.readFile(new URL(`../inputs/files/${name}`, import.meta.url));
}

/** Whether the AI services were sent exactly this. */
async function wasSent(bytes: Uint8Array): Promise<boolean> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return JSON.stringify(await readPurchases()).includes(sha256);
}

Deno.test("a photo is used whatever its upload says that it is, and its place stays at home", async (t) => {
  const user = await signIn();
  const photo = await fileNamed("exiftool_everything.jpg");
  for (const contentType of ["image/jpeg", "image/jpg", "image/png", "application/octet-stream"]) {
    await t.step(contentType, async () => {
      const url = await upload(user, `photo-${crypto.randomUUID()}`, photo, contentType);
      const fields = { provider: "stability", input_image_asset_url: url };
      const { celery_task_id: id, warnings } = await submitTo(user, "remove-background", fields);
      assert.match(warnings.join(), /stored turned \(EXIF orientation 8\)/);
      assert.equal((await followToEnd(user, id)).status, "complete");
    });
  }
  assert.equal(await wasSent(photo), false);
});

Deno.test("a mask with soft edges or a hole is mended, told, and used", async (t) => {
  const user = await signIn();
  const image = await upload(user, "below.jpg", await fileNamed("pillow_rgb.jpg"), "image/jpeg");
  const cases = { "mask_soft.png": /has greys/, "mask_hole.png": /transparent .* white/ };
  for (const [name, words] of Object.entries(cases)) {
    await t.step(name, async () => {
      const mask = await fileNamed(name);
      const { celery_task_id: id, warnings } = await submitTo(user, "image-inpaint", {
        provider: "recraft",
        prompt: "a bench",
        input_image_asset_url: image,
        input_mask_asset_url: await upload(user, name, mask, "image/png"),
      });
      assert.match(warnings.join(), words);
      assert.equal((await followToEnd(user, id)).status, "complete");
      assert.deepEqual((await effectsOf(id)).calls, ["succeeded"]);
      assert.equal(await wasSent(mask), false);
    });
  }
});

Deno.test("what no service takes is refused before it is queued, by what it is", async (t) => {
  const user = await signIn();
  const cases: Readonly<Record<string, RegExp>> = {
    "heifenc_named.jpg": /^input_image_asset_url: Is a HEIC photo; .*: convert it to JPEG before/,
    "half_pillow_rgb.jpg": /^input_image_asset_url: Is a JPEG that breaks off; /,
    "hand.svg": /^input_image_asset_url: Is an SVG drawing; .*: save it as PNG before uploading$/,
    "empty.png": /^input_image_asset_url: Is empty \(0 bytes\); /,
  };
  for (const [name, words] of Object.entries(cases)) {
    await t.step(name, async () => {
      const url = await upload(user, `phone-${name}`, await fileNamed(name), "image/jpeg");
      const body = {
        task_id: newTaskId(),
        provider: "openai",
        prompt: "An elephant",
        input_image_asset_url: url,
      };
      const response = await post("image-to-image", body, headersOf(user.token));
      assert.equal(response.status, 400);
      const { error, message } = errorBody.parse(await response.json());
      assert.equal(error, "invalid_asset");
      assert.match(message, words);
    });
  }
});
