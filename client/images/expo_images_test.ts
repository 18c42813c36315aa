import assert from "node:assert/strict";
import type { FileInput } from "../files.ts";
import type { Purpose } from "../options.ts";
import { expoImages } from "./mod.ts";

/** Stands in for expo-image-manipulator, and notes what it is asked for. */
function manipulator(width: number, height: number) {
  const asked: unknown[] = [];
  const context = (size: { width: number; height: number }) => ({
    resize: (smaller: { width?: number | null; height?: number | null }) => {
      asked.push(smaller);
      return context({ width: smaller.width ?? 0, height: smaller.height ?? 0 });
    },
    renderAsync: () =>
      Promise.resolve({
        ...size,
        saveAsync: (options: object) => {
          asked.push(options);
          return Promise.resolve({ uri: "file:///cache/drawn" });
        },
      }),
  });
  const ImageManipulator = { manipulate: () => context({ width, height }) };
  return { asked, module: { ImageManipulator, SaveFormat: { JPEG: "jpeg", PNG: "png" } } };
}

const PURPOSE: Purpose = { operation: "image-to-image", provider: "openai", field: "image" };

Deno.test("a photo of a phone becomes a small JPEG, whatever it was", async () => {
  const { asked, module } = manipulator(4_032, 3_024);
  const photo = { uri: "file:///photo.heic", mimeType: "image/heic" };
  const drawn = await expoImages(module)(photo, PURPOSE);
  assert.deepEqual(drawn, { uri: "file:///cache/drawn", mimeType: "image/jpeg" });
  assert.deepEqual(asked, [{ width: 2_048, height: 1_536 }, { format: "jpeg", compress: 0.9 }]);
});

Deno.test("a mask stays a PNG, and bytes stay as they are", async () => {
  const { asked, module } = manipulator(512, 512);
  const drawn = await expoImages(module)("file:///mask", { ...PURPOSE, field: "mask" });
  assert.deepEqual(drawn, { uri: "file:///cache/drawn", mimeType: "image/png" });
  assert.deepEqual(asked, [{ format: "png", compress: 0.9 }]);
  const bytes: FileInput = new ArrayBuffer(3);
  assert.equal(await expoImages(module)(bytes, PURPOSE), bytes);
});
