import assert from "node:assert/strict";
import { drawImage } from "../../dev/simulators/images.ts";
import { files } from "../testing/files.ts";
import { detectMediaType } from "./media_type.ts";

const png = { mediaType: "image/png", extension: "png" };
const jpeg = { mediaType: "image/jpeg", extension: "jpg" };
const webp = { mediaType: "image/webp", extension: "webp" };
const glb = { mediaType: "model/gltf-binary", extension: "glb" };

Deno.test("the bytes tell the media type, and only a wanted one counts", async (t) => {
  const cases = {
    png: { image: png, model: undefined },
    jpeg: { image: jpeg, model: undefined },
    webp: { image: webp, model: undefined },
    glb: { image: undefined, model: glb },
    gif: { image: undefined, model: undefined },
    html: { image: undefined, model: undefined },
    empty: { image: undefined, model: undefined },
  };
  for (const [name, expected] of Object.entries(cases)) {
    await t.step(name, async () => {
      const bytes = files[name as keyof typeof cases];
      assert.deepEqual(await detectMediaType(bytes, "image"), expected.image);
      assert.deepEqual(await detectMediaType(bytes, "model"), expected.model);
    });
  }
});

Deno.test("real pictures are told apart", async (t) => {
  for (const [format, expected] of Object.entries({ png, jpeg, webp })) {
    await t.step(format, async () => {
      const picture = { width: 16, height: 16, seed: "x", index: 0 };
      const bytes = await drawImage({ ...picture, format: format as "png" | "jpeg" | "webp" });
      assert.deepEqual(await detectMediaType(bytes, "image"), expected);
    });
  }
});

Deno.test("a view into a larger buffer is judged by its own bytes", async () => {
  const buffer = new Uint8Array(100 + files.webp.length);
  buffer.set(files.png);
  buffer.set(files.webp, 100);
  assert.deepEqual(await detectMediaType(buffer.subarray(100), "image"), webp);
});
