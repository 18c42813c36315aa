import assert from "node:assert/strict";
import { dimensionsText, factsOf } from "./facts.ts";

Deno.test("a model is told by its dimensions and its parts", () => {
  const facts = factsOf({
    url: "https://a.example/0.glb",
    mediaType: "model/gltf-binary",
    bytes: 6_214_520,
    triangles: 39_824,
    vertices: 24_107,
    materials: 1,
    textures: 3,
    size: [0.62, 1, 0.48],
    compressed: "draco",
  });
  assert.deepEqual(facts, [
    ["Dimensions", "62 × 100 × 48 cm"],
    ["Triangles", "39,824"],
    ["Vertices", "24,107"],
    ["Materials", "1"],
    ["Textures", "3"],
    ["Compression", "Draco"],
    ["Format", "GLB"],
    ["File", "6.2 MB"],
  ]);
});

Deno.test("an image is told by its pixels, and what is not known is left out", () => {
  const url = "https://a.example/0.png";
  assert.deepEqual(factsOf({ url, mediaType: "image/png", width: 1024, height: 768 }), [
    ["Size", "1024 × 768 px"],
    ["Format", "PNG"],
  ]);
  assert.deepEqual(factsOf({ url }), []);
});

Deno.test("what is small is measured in millimetres", () => {
  assert.equal(dimensionsText([0.0123, 0.08, 0]), "12.3 × 80 × 0 mm");
  assert.equal(dimensionsText([12.5, 3, 0.001]), "1,250 × 300 × 0.1 cm");
});
