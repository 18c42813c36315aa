// What gltf-transform, three.js and sharp see of the files in a folder. Vertices are decoded for it.
import { NodeIO } from "@gltf-transform/core";
import { ALL_EXTENSIONS } from "@gltf-transform/extensions";
import { inspect } from "@gltf-transform/functions";
import draco3d from "draco3dgltf";
import { MeshoptDecoder } from "meshoptimizer";
import { readdir, readFile } from "node:fs/promises";
import sharp from "sharp";
import * as three from "three";

const folder = process.argv[2];
await MeshoptDecoder.ready;
const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({
  "draco3d.decoder": await draco3d.createDecoderModule(),
  "meshopt.decoder": MeshoptDecoder,
});
const DRAWN = ["TRIANGLES", "TRIANGLE_STRIP", "TRIANGLE_FAN"];

/** Length of three.js' box around what the default scene shows. */
function sizeOf(document) {
  const root = document.getRoot();
  const shown = root.getDefaultScene() ?? root.listScenes()[0];
  const scene = new three.Scene();
  shown.traverse((node) => {
    for (const primitive of node.getMesh()?.listPrimitives() ?? []) {
      const accessor = primitive.getAttribute("POSITION");
      const numbers = new Float32Array(3 * accessor.getCount());
      for (let index = 0; index < accessor.getCount(); index++) {
        numbers.set(accessor.getElement(index, []), 3 * index);
      }
      const geometry = new three.BufferGeometry();
      geometry.setAttribute("position", new three.BufferAttribute(numbers, 3));
      const mesh = new three.Mesh(geometry);
      mesh.applyMatrix4(new three.Matrix4().fromArray(node.getWorldMatrix()));
      scene.add(mesh);
    }
  });
  return new three.Box3().setFromObject(scene).getSize(new three.Vector3()).toArray();
}

function compressionOf(document) {
  const names = document.getRoot().listExtensionsUsed().map(({ extensionName }) => extensionName);
  if (names.includes("KHR_draco_mesh_compression")) return "draco";
  return names.some((name) => name.endsWith("_meshopt_compression")) ? "meshopt" : null;
}

async function modelFacts(bytes) {
  const document = await io.readBinary(bytes);
  const { meshes, materials, textures } = inspect(document);
  const sum = (count) => meshes.properties.reduce((total, mesh) => total + count(mesh), 0);
  return {
    media_type: "model/gltf-binary",
    bytes: bytes.length,
    triangles: sum(({ mode, glPrimitives }) =>
      mode.every((name) => DRAWN.includes(name)) ? glPrimitives : 0
    ),
    vertices: sum(({ vertices }) => vertices),
    materials: materials.properties.length,
    textures: textures.properties.length,
    size: sizeOf(document),
    compressed: compressionOf(document),
  };
}

async function drawingFacts(bytes) {
  const { width, height } = await sharp(bytes).metadata();
  return { media_type: "image/svg+xml", bytes: bytes.length, width, height };
}

const facts = {};
for (const name of (await readdir(folder)).sort()) {
  const bytes = new Uint8Array(await readFile(`${folder}/${name}`));
  facts[name] = name.endsWith(".glb") ? await modelFacts(bytes) : await drawingFacts(bytes);
}
console.log(JSON.stringify(facts, undefined, 2));
