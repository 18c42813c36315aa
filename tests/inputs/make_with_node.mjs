// Files by sharp and gltf-transform. Runs in a folder where they are installed; see make_files.sh.
import { Document, NodeIO } from "@gltf-transform/core";
import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";

const folder = process.argv[2];
const at = (name) => `${folder}/${name}`;
const picture = () => sharp(at("pillow_rgb.png"));

await picture().jpeg({ mozjpeg: true, quality: 50 }).toFile(at("sharp_mozjpeg.jpg"));
await picture().jpeg({ quality: 45 }).withExif({ IFD0: { Make: "SecretCamera" } }).withMetadata({
  orientation: 6,
})
  .withIccProfile("p3").toFile(at("sharp_p3.jpg"));
await picture().png({ palette: true }).toFile(at("sharp_palette.png"));
await picture().png({ progressive: true }).toFile(at("sharp_progressive.png"));
await picture().webp({ nearLossless: true, quality: 60 }).toFile(at("sharp_near_lossless.webp"));
await picture().resize(90).avif().toFile(at("sharp.avif"));
await picture().resize(90).gif().toFile(at("sharp.gif"));
await picture().resize(90).tiff().toFile(at("sharp.tiff"));
await sharp(at("mask_pure.png")).blur(2).png().toFile(at("mask_sharp_soft.png"));

function triangle({ textured = false, uri } = {}) {
  const document = new Document();
  const buffer = document.createBuffer();
  const position = document.createAccessor().setType("VEC3").setBuffer(buffer)
    .setArray(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]));
  const primitive = document.createPrimitive().setAttribute("POSITION", position);
  if (textured) {
    const texture = document.createTexture("paint").setMimeType("image/png").setImage(image);
    if (uri) texture.setURI(uri);
    primitive.setMaterial(document.createMaterial().setBaseColorTexture(texture));
  }
  const node = document.createNode().setMesh(document.createMesh().addPrimitive(primitive));
  document.createScene().addChild(node);
  return document;
}

const image = await sharp(at("pillow_rgb.png")).resize(32).png().toBuffer();
const io = new NodeIO();
const glb = await io.writeBinary(triangle());
await writeFile(at("gltf_triangle.glb"), glb);
await writeFile(at("gltf_textured.glb"), await io.writeBinary(triangle({ textured: true })));
const { json } = await io.writeJSON(triangle());
await writeFile(at("gltf_text.gltf"), JSON.stringify(json));
const empty = new Document();
empty.createScene();
await writeFile(at("gltf_no_mesh.glb"), await io.writeBinary(empty));
await writeFile(at("half_gltf_triangle.glb"), glb.slice(0, glb.length / 2));

/** The same model with another description. */
function described(change) {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  const description = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)));
  change(description);
  const text = Buffer.from(JSON.stringify(description));
  const padded = Buffer.concat([text, Buffer.alloc((4 - text.length % 4) % 4, " ")]);
  const result = Buffer.concat([glb.subarray(0, 20), padded, glb.subarray(20 + length)]);
  result.writeUInt32LE(padded.length, 12);
  result.writeUInt32LE(result.length, 8);
  return result;
}
await writeFile(
  at("gltf_texture_outside.glb"),
  described((it) => {
    it.images = [{ uri: "textures/paint.png" }];
  }),
);
await writeFile(at("gltf_buffer_outside.glb"), described((it) => it.buffers[0].uri = "mesh.bin"));
await writeFile(at("gltf_buffer_too_short.glb"), described((it) => it.buffers[0].byteLength = 999));
const before = Buffer.from(await readFile(at("gltf_triangle.glb")));
before.writeUInt32LE(1, 4);
await writeFile(at("gltf_version_1.glb"), before);
