import assert from "node:assert/strict";
import { fileNameOf } from "./download.ts";
import { taskWith } from "../testing.ts";

const png = { url: "https://a.example/0.png", mediaType: "image/png" };

Deno.test("a file's name says what was asked for, and how it was made", () => {
  const parameters = { prompt: "A violet, flying Élephant / at night, over the sea" };
  const task = taskWith({ parameters, assets: [png, png] });
  assert.equal(fileNameOf(task, 1), "a-violet-flying-elephant-at-night-text-to-image-2.png");
  assert.equal(fileNameOf(taskWith({ assets: [png] }), 0), "text-to-image.png");
});

Deno.test("where the kind is not known, the address says it", () => {
  const assets = [{ url: "https://a.example/0.glb?token=a.b" }];
  assert.equal(
    fileNameOf(taskWith({ operation: "text-to-model", assets }), 0),
    "text-to-model.glb",
  );
});
