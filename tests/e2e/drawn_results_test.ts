import assert from "node:assert/strict";
import { encodePng } from "../../simulators/drawing/png.ts";
import { pixelAt, readWords } from "../../simulators/drawing/testing.ts";
import { decodeImage } from "../../simulators/image_file.ts";
import { MARGIN } from "../../simulators/images.ts";
import { followToEnd, signIn, submitTo } from "../support/client.ts";
import { upload } from "../support/inputs.ts";

const PROMPT = "A violet flying elephant with big ears";
const SIDE = 512;

/** A picture that is orange above and green below. */
function flag(): Uint8Array<ArrayBuffer> {
  const data = Uint8Array.from(
    Array.from(
      { length: SIDE * SIDE },
      (_, i) => i < SIDE * SIDE / 2 ? [255, 140, 0, 255] : [0, 160, 60, 255],
    ).flat(),
  );
  return encodePng({ width: SIDE, height: SIDE, data }, false);
}

/** As near as lossy formats keep a colour. */
function isNear(seen: readonly number[], expected: readonly number[]): boolean {
  return seen.every((value, channel) => Math.abs(value - (expected[channel] ?? 0)) < 40);
}

Deno.test("a result of each simulated service says what was asked for, and shows the input", async (t) => {
  const user = await signIn();
  const input_image_asset_url = await upload(user, "flag.png", flag(), "image/png");
  for (const provider of ["openai", "stability", "recraft", "flux"]) {
    await t.step(provider, async () => {
      const fields = { provider, prompt: PROMPT, input_image_asset_url };
      const { celery_task_id: id } = await submitTo(user, "image-to-image", fields);
      const { asset_url = "", error } = await followToEnd(user, id);
      assert.ok(asset_url, error);
      const image = await decodeImage(await (await fetch(asset_url)).bytes());
      assert.ok(image);
      assert.equal(readWords(image).slice(-3).join(" "), `${PROMPT} image-to-image by ${provider}`);
      const [x, y] = [Math.ceil(image.width * MARGIN), Math.ceil(image.height * MARGIN)];
      assert.ok(isNear(pixelAt(image, x + 16, y + 16), [255, 140, 0]), "the input's upper half");
      const lower = y + Math.floor(0.25 * Math.min(image.width, image.height));
      assert.ok(isNear(pixelAt(image, x + 16, lower), [0, 160, 60]), "its lower half");
    });
  }
});
