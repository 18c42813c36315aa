// GLBs by gltf-transform, three.js and gltfpack. Runs in a folder where they are installed; see make_files.sh.
import { Document, NodeIO } from "@gltf-transform/core";
import {
  ALL_EXTENSIONS,
  EXTMeshoptCompression,
  KHRDracoMeshCompression,
} from "@gltf-transform/extensions";
import { draco, meshopt, quantize } from "@gltf-transform/functions";
import draco3d from "draco3dgltf";
import * as gltfpack from "gltfpack";
import { MeshoptDecoder, MeshoptEncoder } from "meshoptimizer";
import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import * as three from "three";
import { GLTFExporter } from "three/examples/jsm/exporters/GLTFExporter.js";

const folder = process.argv[2];
const at = (name) => `${folder}/${name}`;
await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);
const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({
  "draco3d.decoder": await draco3d.createDecoderModule(),
  "draco3d.encoder": await draco3d.createEncoderModule(),
  "meshopt.decoder": MeshoptDecoder,
  "meshopt.encoder": MeshoptEncoder,
});
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "purple" } })
  .png().toBuffer();

/** A geometry of three.js as a mesh of gltf-transform. */
function meshOf(document, geometry, { material, mode, indexed = true } = {}) {
  const [buffer = document.createBuffer()] = document.getRoot().listBuffers();
  const shape = indexed ? geometry : geometry.toNonIndexed();
  const primitive = document.createPrimitive();
  for (const [name, semantic, type] of [["position", "POSITION", "VEC3"], ["normal", "NORMAL", "VEC3"]]) {
    primitive.setAttribute(
      semantic,
      document.createAccessor().setType(type).setBuffer(buffer)
        .setArray(new Float32Array(shape.getAttribute(name).array)),
    );
  }
  if (shape.index) {
    primitive.setIndices(
      document.createAccessor().setType("SCALAR").setBuffer(buffer)
        .setArray(new Uint16Array(shape.index.array)),
    );
  }
  if (material) primitive.setMaterial(material);
  if (mode !== undefined) primitive.setMode(mode);
  return document.createMesh().addPrimitive(primitive);
}

const box = (...sides) => new three.BoxGeometry(...sides);
const sphere = (radius = 1) => new three.SphereGeometry(radius, 12, 8);
const turned = [0, Math.SQRT1_2, 0, Math.SQRT1_2];

/** What each model of gltf-transform is made of. */
const documents = {
  box(document, scene) {
    scene.addChild(document.createNode().setMesh(meshOf(document, box(1, 2, 3))));
  },
  transformed(document, scene) {
    const node = document.createNode().setMesh(meshOf(document, box(1, 2, 3)));
    scene.addChild(node.setTranslation([5, -1, 2]).setRotation(turned).setScale([2, 1, 0.5]));
  },
  oblique(document, scene) {
    const node = document.createNode().setMesh(meshOf(document, sphere(0.3)));
    scene.addChild(node.setRotation([0.1825742, 0.3651484, 0.5477226, 0.7302967]));
  },
  matrix(document, scene) {
    const node = document.createNode().setMesh(meshOf(document, box(1, 1, 1)));
    scene.addChild(node.setMatrix([0, 2, 0, 0, -3, 0, 0, 0, 0, 0, 4, 0, 7, 8, 9, 1]));
  },
  deep(document, scene) {
    const mesh = meshOf(document, box(1, 1, 1));
    const leaf = document.createNode().setMesh(mesh).setTranslation([0, 0, 10]).setScale([1, 1, 3]);
    const middle = document.createNode().setRotation(turned).addChild(leaf).setScale([2, 2, 2]);
    const root = document.createNode().setTranslation([0, 100, 0]).addChild(middle).setMesh(mesh);
    scene.addChild(root);
  },
  mirrored(document, scene) {
    const node = document.createNode().setMesh(meshOf(document, box(1, 2, 3)));
    scene.addChild(node.setScale([-2, 1, 1]));
  },
  second_scene(document, scene) {
    scene.addChild(document.createNode().setMesh(meshOf(document, box(9, 9, 9))));
    const shown = document.createScene("shown");
    shown.addChild(document.createNode().setMesh(meshOf(document, box(1, 2, 3))));
    document.getRoot().setDefaultScene(shown);
  },
  instances(document, scene) {
    const mesh = meshOf(document, sphere());
    for (const x of [-4, 0, 4]) {
      scene.addChild(document.createNode().setMesh(mesh).setTranslation([x, 0, 0]));
    }
  },
  textured(document, scene) {
    const texture = document.createTexture("paint").setMimeType("image/png").setImage(picture);
    const material = document.createMaterial().setBaseColorTexture(texture).setEmissiveTexture(texture);
    scene.addChild(document.createNode().setMesh(meshOf(document, box(1, 1, 1), { material })));
  },
  materials(document, scene) {
    const paint = (name) =>
      document.createTexture(name).setMimeType("image/png").setImage(
        Buffer.concat([picture, Buffer.from(name)]),
      );
    for (const name of ["a", "b", "c"]) {
      const material = document.createMaterial(name);
      material.setBaseColorTexture(paint(name)).setNormalTexture(paint(`${name}-normal`));
      scene.addChild(
        document.createNode().setMesh(meshOf(document, box(1, 1, 1), { material })),
      );
    }
  },
  unindexed(document, scene) {
    scene.addChild(document.createNode().setMesh(meshOf(document, sphere(), { indexed: false })));
  },
  strip(document, scene) {
    const mesh = meshOf(document, new three.PlaneGeometry(2, 1), { mode: 5 });
    scene.addChild(document.createNode().setMesh(mesh));
  },
  fan(document, scene) {
    const mesh = meshOf(document, new three.PlaneGeometry(2, 1), { mode: 6 });
    scene.addChild(document.createNode().setMesh(mesh));
  },
  shared(document, scene) {
    const mesh = meshOf(document, box(1, 1, 1));
    const [first] = mesh.listPrimitives();
    mesh.addPrimitive(first.clone().setMaterial(document.createMaterial()));
    scene.addChild(document.createNode().setMesh(mesh));
  },
};

async function write(name, document) {
  await writeFile(at(`gltf_${name}.glb`), await io.writeBinary(document));
}

function build(name) {
  const document = new Document();
  const scene = document.createScene();
  document.getRoot().setDefaultScene(scene);
  documents[name](document, scene);
  return document;
}

for (const name of Object.keys(documents)) await write(name, build(name));
for (const name of ["transformed", "instances", "textured", "deep"]) {
  const compressed = build(name);
  await compressed.transform(draco({ method: "edgebreaker" }));
  compressed.createExtension(KHRDracoMeshCompression).setRequired(true);
  await write(`draco_${name}`, compressed);
}
for (const [name, level] of [["transformed", "medium"], ["instances", "high"], ["oblique", "high"]]) {
  const compressed = build(name);
  await compressed.transform(meshopt({ encoder: MeshoptEncoder, level }));
  compressed.createExtension(EXTMeshoptCompression).setRequired(true);
  await write(`meshopt_${name}`, compressed);
}
for (const name of ["oblique", "deep"]) {
  const quantized = build(name);
  await quantized.transform(quantize({ quantizePosition: 12 }));
  await write(`quantized_${name}`, quantized);
}

// What browsers have and three.js asks for.
globalThis.FileReader = class {
  readAsArrayBuffer(blob) {
    void blob.arrayBuffer().then((result) => {
      this.result = result;
      this.onloadend();
    });
  }
};

const paint = (color) => new three.MeshStandardMaterial({ color });
function group(...children) {
  const all = new three.Group();
  all.add(...children);
  return all;
}
function moved(object, [x, y, z], turns = [0, 0, 0], scale = 1) {
  object.position.set(x, y, z);
  object.rotation.set(...turns);
  object.scale.setScalar(scale);
  return object;
}
const scenes = {
  box: () => new three.Mesh(box(1, 2, 3), paint("red")),
  torus: () =>
    moved(
      new three.Mesh(new three.TorusGeometry(1, 0.3, 6, 10), paint("red")),
      [1, 2, 3],
      [0.5, 1, 1.5],
      2.5,
    ),
  group: () =>
    moved(
      group(
        moved(new three.Mesh(sphere(), paint("red")), [4, 0, 0], [0, 0, 1]),
        moved(new three.Mesh(box(1, 1, 5), paint("blue")), [-4, 0, 1], [0, 1, 0], 0.5),
      ),
      [0, 10, 0],
      [0, 0.7, 0],
      3,
    ),
  sides: () => new three.Mesh(box(1, 1, 1), ["red", "green", "blue", "white", "grey", "tan"].map(paint)),
  points: () =>
    group(
      new three.Mesh(new three.ConeGeometry(1, 2, 8), paint("red")),
      new three.Points(new three.BoxGeometry(4, 1, 1), new three.PointsMaterial()),
    ),
  lines: () =>
    group(
      new three.Mesh(new three.CylinderGeometry(1, 1, 2, 8), paint("red")),
      new three.LineSegments(new three.EdgesGeometry(box(1, 5, 1)), new three.LineBasicMaterial()),
    ),
  same_material: () => {
    const material = paint("red");
    return group(
      new three.Mesh(box(1, 1, 1), material),
      moved(new three.Mesh(sphere(), material), [3, 0, 0]),
    );
  },
};
for (const [name, make] of Object.entries(scenes)) {
  const scene = new three.Scene();
  scene.add(make());
  const glb = await new GLTFExporter().parseAsync(scene, { binary: true });
  await writeFile(at(`three_${name}.glb`), Buffer.from(glb));
}

const packs = {
  plain: ["gltf_deep.glb", []],
  c: ["three_group.glb", ["-c"]],
  cc: ["gltf_instances.glb", ["-cc", "-kn"]],
  unquantized: ["three_torus.glb", ["-noq"]],
};
for (const [name, [from, options]] of Object.entries(packs)) {
  const files = { "in.glb": await readFile(at(from)) };
  await gltfpack.pack(["-i", "in.glb", "-o", "out.glb", ...options], {
    read: (path) => files[path],
    write: (path, data) => {
      files[path] = data;
    },
  });
  await writeFile(at(`gltfpack_${name}.glb`), files["out.glb"]);
}

/** Drawings as programs and services write their first element. */
const drawings = {
  service: 'width="1024" height="768" viewBox="0 0 1024 768"',
  box_only: 'viewBox="0 0 300 150"',
  moved_box: 'viewBox="-50,-25 640.4 480.6"',
  pixels: 'width="120px" height="90px"',
  percent: 'width="100%" height="100%" viewBox="0 0 64 32"',
  width_only: 'width="200" viewBox="0 0 50 100"',
  height_only: 'height="200" viewBox="0 0 50 100"',
};
const shape = '<path d="M0 0h10v10z" fill="#80f"/>';
for (const [name, attributes] of Object.entries(drawings)) {
  const text = `<?xml version="1.0"?>\n<!-- a > b -->\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${shape}</svg>\n`;
  await writeFile(at(`svg_${name}.svg`), text);
}
